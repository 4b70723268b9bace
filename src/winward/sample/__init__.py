"""The constructed sample company: authored words, planted truth, and the export files made from them."""

from winward.sample.build import write_sample
from winward.sample.truth import Truth, read_truth

__all__ = ["Truth", "read_truth", "write_sample"]
