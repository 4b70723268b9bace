"""Reading at any size: in process, in a pool of processes or on Ray, over folders of shards, with the same rows."""

from winward.scale.aside import alone_in
from winward.scale.manifest import Entry, Manifest
from winward.scale.order import Stopped, read_here
from winward.scale.pool import available_cores, read_in_pool
from winward.scale.reading import Output, output_name, problems_name, read_shards
from winward.scale.shards import Chunk, find_shards

__all__ = [
    "Chunk",
    "Entry",
    "Manifest",
    "Output",
    "Stopped",
    "alone_in",
    "available_cores",
    "find_shards",
    "output_name",
    "problems_name",
    "read_here",
    "read_in_pool",
    "read_shards",
]
