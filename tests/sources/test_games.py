"""A negotiation's file: what it holds, and what is told of each mistake."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.real_data import REAL_DATA, needs_real_data
from winward.engine.bargaining import Rule
from winward.sources.games import load_game, read_game
from winward.sources.yaml_files import FileProblems

EXPORT = """name: Faster export
terms:
  Scope: [CSV only, CSV and Excel, everything]
  Date: [June, August, October]
people:
  Ana:
    ranks:
      terms: [Scope, Date]
      options:
        Scope: [everything, CSV and Excel, CSV only]
        Date: [June, August, October]
    least: {Scope: CSV and Excel, Date: August}
    otherwise: buys a tool
  Ben:
    ranks:
      terms: [[Date, Scope]]
      options: {Scope: [CSV only], Date: [October, [August, June]]}
    cannot_accept: {Date: [June]}
    least: 40
  Cleo:
    scores:
      Scope: [50, 30, 10]
      Date: {August: 50}
    least: 20
rule: {all_but: 1, vetoes: [Ana]}
proposal: {Scope: everything, Date: June}
"""


def told(text: str) -> str:
    with pytest.raises(FileProblems) as caught:
        read_game(text, "export.yaml")
    return str(caught.value)


def test_ranks_scores_and_what_is_refused() -> None:
    game = read_game(EXPORT, "export.yaml")
    ana, ben, cleo = game.positions
    assert (game.terms, game.sizes, game.people) == (("Scope", "Date"), (3, 3), ("Ana", "Ben", "Cleo"))
    assert (ana.ranks, ana.least, ana.values.tolist()) == ((1, 2), (1, 1), [0.0, 0.5, 1.0, 1.0, 0.5, 0.0])
    assert (ben.ranks, ben.least, ben.values.tolist()) == ((1, 1), 40.0, [1.0, 0.0, 0.0, 0.0, 0.0, 1.0])
    assert ben.refused.tolist() == [False, False, False, True, False, False]
    assert (cleo.ranks, cleo.values.tolist()) == (None, [50.0, 30.0, 10.0, 0.0, 50.0, 0.0])
    assert game.rule == Rule(1, frozenset({0}))
    assert (game.proposal, game.otherwise) == ((2, 0), ("buys a tool", "", ""))


@pytest.mark.parametrize(
    ("written", "rule"),
    [("all", Rule()), ("{all_but: 2}", Rule(2)), ("{vetoes: [Ana, Cleo]}", Rule(1, frozenset({0, 2})))],
)
def test_rules(written: str, rule: Rule) -> None:
    assert read_game(EXPORT.replace("{all_but: 1, vetoes: [Ana]}", written), "export.yaml").rule == rule


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("Date: [June]", "Date: [Juni]", "line 18: there is no option “Juni”; there is June, August, October"),
        ("Date: {August", "Day: {August", "line 23: there is no term “Day”; there is Scope, Date"),
        ("[50, 30, 10]", "[50, 30]", "line 22: “Scope” has 3 options, but 2 scores stand here"),
        ("vetoes: [Ana]", "vetoes: [Anna]", "line 25: there is no person “Anna”; there is Ana, Ben, Cleo"),
        ("all_but: 1", "all_but: 3", "line 25: with 3 people at most 2 may say no"),
        (", Date: June}", "}", "line 26: a package has one option for every term; name one for Date"),
        ("terms: [Scope, Date]", "terms: [Scope, Scope]", "line 8: “Scope” stands twice here; rank it once"),
        ("  Cleo:\n    scores:", "  Cleo:\n    skores:", "line 21: “skores” isn't known here; there is cannot_accept"),
        ("[50, 30, 10]", "[50, 30, .nan]", "line 20: points are numbers"),
        ("options: {Scope: [CSV only], ", "options: {", "line 16: “Scope” is ranked, but not its options"),
        ("    otherwise: buys a tool\n", "    scores: {}\n", "line 6: give Ana either ranks or scores"),
        ("June, August, October]\npeople", "June, June]\npeople", "line 4: “Date” ['June', 'June'] has non-unique"),
        ("least: 40", "least: [1]", "line 19: “least” [1] is not valid"),
    ],
)
def test_a_mistake_is_told_at_its_line(was: str, becomes: str, says: str) -> None:
    assert was in EXPORT
    assert f"export.yaml, {says}" in told(EXPORT.replace(was, becomes, 1))


def test_all_mistakes_are_told_at_once() -> None:
    assert told(EXPORT.replace("[June]", "[Juni]").replace("all_but: 1", "all_but: 9")).count("\n") == 1


@given(at=st.integers(0, len(EXPORT)), put=st.text(alphabet="-:[]{}#&*!|>'\"%@` \n\tae1", max_size=4))
def test_whatever_is_typed_it_is_read_or_told(at: int, put: str) -> None:
    with suppress(FileProblems):
        game = read_game(EXPORT[:at] + put + EXPORT[at:], "export.yaml")
        assert all(len(position.values) == sum(game.sizes) for position in game.positions)


@needs_real_data
def test_a_folder_of_score_files() -> None:
    game = load_game(REAL_DATA / "negotiation" / "games" / "base")
    assert game.sizes == (3, 3, 4, 4, 5)
    assert game.people[3:5] == ("SportCo", "Department of Tourism")
    assert game.positions[3].values[:3].tolist() == [14, 8, 0]
    assert [position.least for position in game.positions] == [30, 31, 50, 55, 65, 55]
    assert (game.options[2], game.proposal) == (("C1", "C2", "C3", "C4"), (0, 0, 3, 0, 4))


def folder(path: Path, **sheets: str) -> Path:
    (path / "scores_files").mkdir()
    (path / "config.txt").write_text("\n".join(f"The {name},{name},player" for name in sheets), "utf-8")
    for name, text in sheets.items():
        (path / "scores_files" / f"{name}.txt").write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ("1, 2\n3, x\n4", "b.txt, line 2: “3, x” is not a line of numbers"),
        ("1, 2\n3, 4", "b.txt, line 2: the last line must be one number"),
        ("1, 2\n3, 4, 5\n6", "config.txt, line 2: the scores of The b are of other numbers of terms or options"),
    ],
)
def test_a_mistake_in_a_folder_is_told_with_its_file(tmp_path: Path, sheet: str, says: str) -> None:
    with pytest.raises(FileProblems) as caught:
        load_game(folder(tmp_path, a="1, 2\n3, 4\n5", b=sheet))
    assert says in str(caught.value)


def test_a_proposal_that_names_no_option(tmp_path: Path) -> None:
    path = folder(tmp_path, a="1, 2\n3, 4\n5")
    (path / "initial_deal.txt").write_text("A1,B3", "utf-8")
    with pytest.raises(FileProblems, match="as in A1,B1"):
        load_game(path)
    (path / "initial_deal.txt").unlink()
    assert np.array_equal(load_game(path).positions[0].values, [1, 2, 3, 4])
