"""Where the public evaluation data lies; tests that read it skip, with the reason, where it is absent."""

import os
from pathlib import Path

import pytest

REAL_DATA = Path(os.environ.get("WINWARD_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))

needs_real_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"the public evaluation data is not at {REAL_DATA}; set WINWARD_REAL_DATA to it"
)
