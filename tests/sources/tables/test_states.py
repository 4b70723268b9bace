import pytest

from winward.sources.tables.states import says_left, says_only_closed, state_of, yes_or_no


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        ("won", "closedwon|Closed Won|Won|won - signed|Gewonnen|gagné|Ganada|6 - Won|CLOSED_WON"),
        (
            "lost",
            "closedlost|Closed Lost|Lost|Verloren|perdu|Perdida|Lost to a rival who won|no decision|Not won|Cancelled",
        ),
        ("open", "Prospecting|Engaging|qualifiedtobuy|Negotiation/Review|offen|NDA in progress|Open"),
    ],
)
def test_labels_name_their_state(state: str, labels: str) -> None:
    assert {label: state_of(label) for label in labels.split("|")} == dict.fromkeys(labels.split("|"), state)


@pytest.mark.parametrize("label", ["", "Stage 3", "Closed", "Wonder Inc", "Kickoff", "closing"])
def test_labels_without_an_end_name_none(label: str) -> None:
    assert state_of(label) is None


def test_closed_alone_is_no_outcome() -> None:
    assert says_only_closed("Closed")
    assert not says_only_closed("Closed won")


def test_flags() -> None:
    assert [yes_or_no(text) for text in ("TRUE", "1", "ja", "no", "0", "maybe", "")] == [
        True,
        True,
        True,
        False,
        False,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("left", "labels"),
    [
        (True, "Churned|Former customer|former_client|Cancelled|canceled|Inactive|Gekündigt|Résilié|yes|TRUE"),
        (False, "Active|Customer|Prospect|Renewal due|At risk|no||Lostock Ltd"),
    ],
)
def test_labels_say_whether_a_customer_left(left: bool, labels: str) -> None:
    assert {label: says_left(label) for label in labels.split("|")} == dict.fromkeys(labels.split("|"), left)
