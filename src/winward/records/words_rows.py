"""The words of a search: where passages hold them without a signal, and which they are in a quote."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from winward.records.related_rows import LANGUAGES, TEXT, WORDS_OF_TEXT, Filters, passage_conditions

# Of a common word only this many passages are ranked, so that the answer never waits for a million of them.
RANKED = 1_000
OPENS, CLOSES = "\x02", "\x03"
MARKS = f'StartSel="{OPENS}", StopSel="{CLOSES}"'
SNIPPET = f'{MARKS}, MaxFragments=2, MaxWords=28, MinWords=12, FragmentDelimiter=" … "'

UNSIGNALLED = f"""
WITH {LANGUAGES}, {WORDS_OF_TEXT},
held AS (
    SELECT p.id, p.text, p.language, p.search FROM passage p {{joins}}
    WHERE p.search @@ (SELECT query FROM gathered) AND {{conditions}} LIMIT {RANKED}),
best AS (
    SELECT h.id, text, language, ts_rank_cd(search, query) AS rank FROM held h, gathered
    WHERE NOT EXISTS (SELECT FROM signal s WHERE s.passage_id = h.id AND s.words @@ query AND NOT s.dismissed)
    ORDER BY rank DESC, h.id LIMIT %(most)s)
SELECT id, ts_headline(language::regconfig, text, query, %(style)s) FROM best, gathered ORDER BY rank DESC, id
"""

MARKED = f"""
WITH {TEXT},
any_word AS (
    SELECT string_agg('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''', ' | ')::tsquery AS query
    FROM sought)
SELECT s.id, ts_headline(p.language::regconfig, s.quote, query, %(style)s)
FROM any_word, signal s JOIN passage p ON p.id = s.passage_id WHERE s.id = ANY(%(signals)s) AND query IS NOT NULL
"""


def unsignalled(text: str, filters: Filters, most: int) -> dict[int, str]:
    """Passages that hold all the words (or the phrases) where no signal does, best first, each with a snippet."""
    joins, conditions = passage_conditions(filters)
    query = UNSIGNALLED.format(joins=joins, conditions=conditions)
    return _read(query, {"text": text, "most": most, "style": SNIPPET, **filters.given})


def marked(text: str, signals: Sequence[int]) -> dict[int, str]:
    """The signals' quotes with the words of the text between OPENS and CLOSES."""
    return _read(MARKED, {"text": text, "signals": list(signals), "style": f"{MARKS}, HighlightAll=true"})


def _read(query: str, values: dict[str, Any]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return dict(cursor.fetchall())
