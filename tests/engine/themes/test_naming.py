import numpy as np

from winward.engine.themes import name_themes

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
