"""The areas that themes lie in, named anew in each rebuild."""

from collections.abc import Sequence

from winward.records.themes import Area


def replace(names: Sequence[str]) -> None:
    """Put these areas, numbered from 0 as the themes carry them, in place of the last."""
    Area.objects.all().delete()
    Area.objects.bulk_create(Area(number=number, name=name) for number, name in enumerate(names))
