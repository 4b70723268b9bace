from dataclasses import dataclass
from pathlib import Path

import pytest

from winward.sample import Truth, write_sample


@dataclass(frozen=True)
class Sample:
    folder: Path
    truth: Truth


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    return Sample(folder, write_sample(folder))
