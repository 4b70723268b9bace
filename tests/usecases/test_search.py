from tests.cast import EXPORT, Cast, direction
from winward.usecases.search import fuse, parts, search


def test_the_words_are_found_in_any_form_and_marked(cast: Cast) -> None:
    found = search("exporting")
    assert {hit.document for hit in found.hits} >= {"Second call with Acme", "Interview with Birch"}
    assert any(part.hit and part.text.lower() == "export" for part in found.hits[0].parts)
    assert {hit.by for hit in found.hits} == {"words"}


def test_a_phrase_and_a_word_to_leave_out(cast: Cast) -> None:
    assert {hit.document for hit in search('"on a plane"').hits} == {"Mail of Cobalt"}
    assert "Interview with Birch" not in {hit.document for hit in search("export -online").hits}


def test_meaning_finds_what_words_miss(cast: Cast) -> None:
    found = search("disconnected", embed=lambda text: direction(EXPORT))
    assert found.hits[0].by == "meaning"
    assert found.hits[0].signal == cast.signals["acme export"].pk


def test_what_both_find_comes_first() -> None:
    assert fuse([[1, 2, 3], [3, 4]])[0] == 3


def test_themes_and_deals_are_found_by_name(cast: Cast) -> None:
    assert [theme.title for theme in search("helpdesk").themes] == ["Helpdesk answers late"]
    assert [deal.reference for deal in search("cobalt").deals] == ["COBALT-1"]


def test_nothing_asked_finds_nothing(cast: Cast) -> None:
    assert search("  ").hits == ()


def test_a_snippet_is_cut_where_the_words_are() -> None:
    cut = parts("we can’t \x02export\x03 at all")
    assert [(part.text, part.hit) for part in cut] == [("we can’t ", False), ("export", True), (" at all", False)]
