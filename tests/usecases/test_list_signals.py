import pytest

from tests.cast import Cast
from winward.usecases import list_signals as module
from winward.usecases.list_signals import list_signals


def test_each_filter_narrows_the_list(cast: Cast) -> None:
    assert len(list_signals().rows) == 6
    assert {row.kind for row in list_signals(kind="pain").rows} == {"pain"}
    assert len(list_signals(theme=cast.helpdesk.pk).rows) == 1
    assert list_signals(side="us").rows == ()
    assert list_signals(theme=cast.helpdesk.pk).theme == "Helpdesk answers late"


def test_the_unsorted_say_why(cast: Cast) -> None:
    assert [row.unsorted_why for row in list_signals(state="unsorted").rows] == ["nobody else said anything like it"]


def test_every_signal_is_on_exactly_one_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 4)
    first = list_signals()
    second = list_signals(after=first.after)
    assert [len(first.rows), len(second.rows), second.after] == [4, 2, 0]
    assert not {row.signal for row in first.rows} & {row.signal for row in second.rows}


@pytest.mark.parametrize("wrong", [{"kind": "joy"}, {"side": "both"}, {"state": "lost"}])
def test_what_is_none_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="is none of"):
        list_signals(**wrong)  # type: ignore[arg-type]
