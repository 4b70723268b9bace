from collections.abc import Sequence

import numpy as np

from winward.engine.themes import name_themes
from winward.engine.themes.area_names import name_areas
from winward.engine.themes.phrases import phrases, telling_stems

QUOTES = [
    "Honestly the export fails on large workspaces.",
    "the export fails on large workspaces, every Monday",
    "Our export fails when the workspace is large",
    "We can't sign in with our own identity provider.",
    "single sign-on with our identity provider is a must",
    "So, is there an identity provider integration?",
    "nice weather today",
]
THEME = np.array([0, 0, 0, 1, 1, 1, -1], dtype=np.int32)
VECTORS = np.eye(2, 4, dtype=np.float32)[[0, 0, 0, 1, 1, 1, 0]]


def test_names_are_phrases_that_were_said() -> None:
    export, identity = name_themes(THEME, VECTORS, QUOTES)
    assert export.name.casefold() in "\n".join(QUOTES[:3]).casefold()
    assert "export" in export.name.casefold()
    assert "identity provider" in identity.name.casefold()
    assert "export" in export.terms
    assert "provider" in identity.terms


def test_names_are_short_capitalised_and_unique() -> None:
    same = [*QUOTES[:3], *QUOTES[:3], ""]
    names = [named.name for named in name_themes(THEME, VECTORS, same)]
    assert len({name.casefold() for name in names}) == 2
    assert all(0 < len(name) <= 60 and name[0].isupper() for name in names)


def test_a_negation_stays_in_the_name() -> None:
    late = ["My refund hasn't appeared", "why hasn't my refund appeared", "The refund hasn't appeared on my statement"]
    assert name_themes(THEME, VECTORS, [*late, *QUOTES[3:]])[0].name == "Refund hasn't appeared"


def test_central_quotes_are_members_and_no_two_say_the_same() -> None:
    quotes = ["The export fails!", "the export fails", "Exports time out at noon", *QUOTES[3:]]
    assert name_themes(THEME, VECTORS, quotes)[0].central == (0, 2)


def test_a_theme_of_one_word_quotes_still_gets_a_name() -> None:
    named = name_themes(np.zeros(3, dtype=np.int32), VECTORS[:3], ["pricing", "pricing?", "billing"])
    assert named[0].name == "Pricing"


def test_without_themes_there_are_no_names() -> None:
    assert name_themes(np.full(2, -1, dtype=np.int32), VECTORS[:2], QUOTES[:2]) == []


def test_a_transcribers_marks_name_nothing() -> None:
    quotes = [f"The export {{disfmarker}} fails on [inaudible] big workspaces {n}" for n in range(4)]
    quotes += [f"We {{vocalsound}} pay too much for each seat {n}" for n in range(4)]
    vectors = np.repeat(np.eye(2, dtype=np.float32), 4, axis=0)
    for named in name_themes(np.repeat([0, 1], 4).astype(np.int32), vectors, quotes):
        assert not set("{}[]") & set(named.name)
        assert not {"disfmarker", "vocalsound", "inaudible"} & set(named.terms)


def test_a_name_neither_begins_nor_ends_in_the_middle() -> None:
    said = [
        "We need a discount to stay within the budget",
        "Is there a discount? We must stay within the budget",
        "there are too many notifications in the app",
        "too many notifications, honestly",
        "how long does the export take",
    ]
    texts = {phrase.text for quote in said for phrase in phrases(quote)}
    assert "Discount to stay within the budget" not in texts
    assert "discount to stay within the budget" in texts
    assert not {text for text in texts if text.split()[-1] in {"to", "the", "within", "a"} or text.startswith("long")}
    whole = {phrase.text: phrase.whole for phrase in phrases(said[3])}
    assert whole["too many notifications"] > whole.get("many notifications", 0.0)


def test_products_keep_their_own_spelling_and_shouting_is_lowered() -> None:
    quotes = ["The SAP connector breaks", "our SAP connector breaks daily", "SAP connector BREAKS", "it breaks"]
    quotes += ["the invoice is wrong", "wrong invoice again", "an invoice was wrong", "nothing"]
    vectors = np.repeat(np.eye(2, dtype=np.float32), 4, axis=0)
    assert name_themes(np.repeat([0, 1], 4).astype(np.int32), vectors, quotes)[0].name == "SAP connector breaks"


def test_no_two_themes_get_the_same_words_for_a_name() -> None:
    quotes = ["export fails on Monday", "export fails on Monday", "export fails at night"]
    quotes += ["the export fails on Tuesday", "exports fail on Tuesday", "export fails"]
    vectors = np.repeat(np.eye(2, dtype=np.float32), 3, axis=0)
    one, other = (named.name for named in name_themes(np.repeat([0, 1], 3).astype(np.int32), vectors, quotes))
    assert set(telling_stems(one)) != set(telling_stems(other))


def test_with_vectors_the_phrase_nearest_to_the_centre_wins() -> None:
    def embed(texts: Sequence[str]) -> np.ndarray:
        return np.array([[1.0, 0, 0, 0] if "workspaces" in text else [0.6, 0, 0.8, 0] for text in texts], np.float32)

    assert "workspaces" in name_themes(THEME, VECTORS, QUOTES, embed=embed)[0].name


def test_other_languages_still_get_a_phrase_that_was_said() -> None:
    quotes = ["Der Export der Berichte schlägt fehl", "Export der Berichte dauert zu lange", "der Export der Berichte"]
    quotes += ["Die Anmeldung klappt nicht", "Anmeldung klappt nie", "unsere Anmeldung klappt nicht"]
    vectors = np.repeat(np.eye(2, dtype=np.float32), 3, axis=0)
    names = [named.name for named in name_themes(np.repeat([0, 1], 3).astype(np.int32), vectors, quotes)]
    assert "Berichte" in names[0]
    assert "nmeldung" in names[1]
    assert not {name.split()[0].casefold() for name in names} & {"der", "die"}


def test_scripts_that_part_no_words_get_a_short_name() -> None:
    quotes = ["导出报告总是失败" * 12, "导出报告总是失败" * 12, "导出报告总是失败" * 12]
    named = name_themes(np.zeros(3, dtype=np.int32), VECTORS[:3], quotes)
    assert 0 < len(named[0].name) <= 60


def test_areas_are_named_by_what_sets_them_apart() -> None:
    quotes = ["export fails", "export is slow", "report layout", "report is missing", "password reset", "password lost"]
    theme = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32)
    names = name_areas(theme, np.array([0, 0, 1], dtype=np.int32), [*quotes])
    assert len(set(names)) == 2
    assert set(names[0].casefold().split()) & {"export", "report"}
    assert "password" in names[1].casefold()
    assert all(len(name.split()) <= 3 for name in names)
