"""Where people put signals outlasts reading again: with another reader, from a newer export, and all together."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from winward.engine.reading import Reader
from winward.records import theme_rows
from winward.records.company import Company
from winward.records.signals import Signal
from winward.records.themes import Placement, Theme
from winward.text_models import default_reader
from winward.usecases import shape_themes
from winward.usecases.bring_in import bring_in
from winward.usecases.run import run

NOW = datetime(2026, 9, 30, tzinfo=UTC)
COSTLY = "Your price per seat is far too high for a team of our size."
OFFLINE = "We need the app to work offline, because there is no network on site."
CALL = f"""Account: Dune
Date: 2026-02-03

Ada: Hello there. {COSTLY} {OFFLINE}

Sam: I see. We will send you an offer by Friday.
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return default_reader(threads=1)


@pytest.fixture
def call(db: None, reader: Reader, tmp_path: Path) -> Path:
    """A call, two of whose signals somebody put in themes."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    theme_rows.index_vectors()
    Company.objects.create(pk=1, name="Pinefield Software", currency="EUR")
    file = tmp_path / "call.txt"
    file.write_text(CALL, encoding="utf-8")
    bring_in([file])
    run(reader, NOW)
    shape_themes.make_theme([of(COSTLY).pk], "eda", "Seats")
    shape_themes.make_theme([of(OFFLINE).pk], "eda", "On site")
    return file


def of(words: str) -> Signal:
    return Signal.objects.get(quote=words)


def sorted_as_said() -> bool:
    return [of(words).theme for words in (COSTLY, OFFLINE)] == [
        Theme.objects.get(given_name=name) for name in ("Seats", "On site")
    ]


@pytest.mark.usefixtures("call")
def test_placements_outlast_reading_everything_again(reader: Reader) -> None:
    ids = [of(COSTLY).pk, of(OFFLINE).pk]
    run(reader, NOW, again=True)
    assert sorted_as_said()
    assert [of(COSTLY).pk, of(OFFLINE).pk] == ids


@pytest.mark.usefixtures("call")
def test_placements_outlast_a_newer_version_of_the_reader(reader: Reader) -> None:
    ids = [of(COSTLY).pk, of(OFFLINE).pk]
    run(replace(reader, version="newer"), NOW)
    assert sorted_as_said()
    assert [of(COSTLY).pk, of(OFFLINE).pk] == ids


def test_placements_go_with_their_words_to_where_a_newer_export_has_them(call: Path, reader: Reader) -> None:
    start = of(OFFLINE).start
    call.write_text(CALL.replace("Hello there.", "Good morning to you all, and thanks for coming."), encoding="utf-8")
    bring_in([call])
    run(reader, NOW)
    assert of(OFFLINE).start > start
    assert sorted_as_said()


@pytest.mark.usefixtures("call")
def test_the_last_word_holds_and_being_set_aside_outlasts_it_too(reader: Reader) -> None:
    shape_themes.move_signals([of(COSTLY).pk], Theme.objects.get(given_name="On site").pk, "eda")
    shape_themes.unsort_signals([of(OFFLINE).pk], "eda")
    run(replace(reader, version="newer"), NOW, again=True)
    assert of(COSTLY).theme == Theme.objects.get(given_name="On site")
    assert of(OFFLINE).theme is None


@pytest.mark.usefixtures("call")
def test_a_placement_waits_for_a_reader_that_finds_its_words_again(reader: Reader) -> None:
    silent = replace(reader.heads, weights=0 * reader.heads.weights, bias=0 * reader.heads.bias - 30)
    run(replace(reader, heads=silent, version="silent"), NOW)
    assert not Signal.objects.filter(quote=COSTLY).exists()
    assert Placement.objects.filter(quote=COSTLY).exists()
    run(replace(reader, version="newer"), NOW)
    assert sorted_as_said()
