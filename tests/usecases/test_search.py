from tests.cast import EXPORT, Cast, direction, say, signal
from winward.records.related_rows import Filters
from winward.usecases.search import Found, is_literal, parts, search


def words_of(found: Found) -> list[str]:
    return [hit.related.quote.words for hit in found.hits]


def test_the_words_are_found_in_any_form_and_marked(cast: Cast) -> None:
    found = search("exporting")
    assert len(found.hits) == 3
    assert found.hits[0].related.why == "words"
    assert any(part.hit and part.text.lower() == "export" for part in found.hits[0].parts)
    assert "".join(part.text for part in found.hits[0].parts) == words_of(found)[0]


def test_what_one_account_said_twice_is_one_hit(cast: Cast) -> None:
    export = next(hit.related for hit in search("export line").hits if "line" in hit.related.quote.words)
    assert export.said == "said twice by 1 account"
    assert [quote.words for quote in export.repeats] == ["we can’t export when the line is down"]


def test_a_phrase_and_a_word_to_leave_out_are_taken_literally(cast: Cast) -> None:
    assert words_of(search('"on a plane"')) == ["Without export on a plane this is no use to us."]
    assert "Export works fine for us" in words_of(search("export"))
    assert "Export works fine for us" not in words_of(search("export -fine", lambda text: direction(EXPORT)))
    assert is_literal("-fine")
    assert not is_literal("up-to-date")


def test_meaning_finds_what_words_miss(cast: Cast) -> None:
    found = search("disconnected", embed=lambda text: direction(EXPORT))
    assert found.hits[0].related.why == "meaning"
    assert found.hits[0].related.quote.words == "we can’t export when the line is down"


def test_a_passage_that_holds_the_words_without_a_signal_is_found(cast: Cast) -> None:
    found = search("trial")
    assert found.hits == ()
    assert [said.document for said in found.passages] == ["Second call with Acme"]
    assert any(part.hit and part.text == "trial" for part in found.passages[0].parts)
    assert search("helpdesk").passages == ()


def test_filters_hold_for_signals_and_passages(cast: Cast) -> None:
    assert search("trial", filters=Filters(deal_state="won")).passages == ()
    assert search("trial", filters=Filters(side="us", deal_state="lost")).passages
    assert words_of(search("export", filters=Filters(deal_state="won"))) == ["Export works fine for us"]
    assert search("trial", filters=Filters(kind="pain")).passages == ()


def test_other_languages_are_read_by_their_own_rules(cast: Cast) -> None:
    mail = cast.documents["Mail of Cobalt"]
    german = say(mail, "Carl Stone", "Die Verträge fehlen uns im Archiv.", language="german")
    signal(german, german.text, "pain", None, direction(7))
    assert words_of(search("Vertrag")) == ["Die Verträge fehlen uns im Archiv."]
    assert any(part.hit and part.text == "Verträge" for part in search("Vertrag").hits[0].parts)


def test_themes_and_deals_are_found_by_name(cast: Cast) -> None:
    assert [theme.title for theme in search("helpdesk").themes] == ["Helpdesk answers late"]
    assert [deal.reference for deal in search("cobalt").deals] == ["COBALT-1"]


def test_nothing_asked_finds_nothing(cast: Cast) -> None:
    assert search("  ").hits == ()
    assert search("!'\\ & | :*").hits == ()
    assert search("the").hits == ()


def test_a_snippet_is_cut_where_the_words_are() -> None:
    cut = parts("we can’t \x02export\x03 at all")
    assert [(part.text, part.hit) for part in cut] == [("we can’t ", False), ("export", True), (" at all", False)]
