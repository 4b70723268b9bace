"""Questions put to the sample company, whose themes are planted: the right one comes first, nonsense has no answer."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.sample_workspace import winward
from winward.sample import read_truth

ASKED = {
    "Does the technicians' app work offline?": "offline_app",
    "Is the planning board too slow?": "board_speed",
    "Do customers need SAP integration?": "erp_sync",
    "What do auditors require?": "audit_trail",
    "How should user accounts be created?": "user_provisioning",
    "Which languages are missing?": "languages",
    "Does anybody want dark mode?": "look_and_colours",
}
NONSENSE = ("Why do purple giraffes dance on the moon?", "How do I bake sourdough bread?")


@pytest.fixture(scope="module")
def planted() -> dict[str, str]:
    truth = read_truth(Path(__file__).parent / "sample_company.json")
    return {sentence: key for document in truth.documents for key, sentence in document.sentences}


def _ask(question: str, folder: Path) -> Any:
    shown = winward("ask", question, "--json", folder=folder)
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)


@pytest.mark.parametrize("question", ASKED)
def test_the_planted_theme_comes_first(question: str, sample_workspace: Path, planted: dict[str, str]) -> None:
    answer = _ask(question, sample_workspace)
    assert answer["enough"]
    assert _most(answer["themes"][0]["quotes"], planted) == ASKED[question]


@pytest.mark.parametrize("question", NONSENSE)
def test_nonsense_has_no_answer(question: str, sample_workspace: Path) -> None:
    answer = _ask(question, sample_workspace)
    assert not answer["enough"]
    assert answer["themes"] == []


def _most(quotes: Sequence[dict[str, Any]], planted: dict[str, str]) -> str:
    counted = Counter(planted[quote["words"]] for quote in quotes if quote["words"] in planted)
    return counted.most_common(1)[0][0] if counted else ""
