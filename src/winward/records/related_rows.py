"""Signals near to a question, by its words and by its meaning: filtered, ranked and fused in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from json import loads
from typing import Any, NamedTuple

from django.db import connection, transaction
from pgvector import HalfVector

# Where the filters leave at most this many signals, by the planner's estimate, all of them are compared: quicker than
# letting the index of vectors look for the few among the many. First by the signs of their vectors, which an index
# holds beside what the filters look at; of those that differ least in them, this many times as many as are wanted, by
# the vectors. Where they are fewest, the words of all of them are read, too.
FEW, FEWEST, AGAIN = 40_000, 3_000, 10
# How widely the index of vectors looks at once, and that it looks on until enough signals pass the filters, or it has
# met this many.
LOOKING = {"hnsw.iterative_scan": "relaxed_order", "hnsw.ef_search": "200", "hnsw.max_scan_tuples": "10000"}
# What an index gives is joined one by one: hashing all documents for some hundred signals takes longer than the rest.
ONE_BY_ONE = {"enable_hashjoin": "off", "enable_mergejoin": "off"}
# A question's rarest words are looked for: those that few quotes hold one by one, of the others the rarest together.
# Ranked are so many quotes, those first that hold what the fewest do; of the quotes that hold one thing, so many are
# held against the filters.
WORDS, RARE, TOGETHER, HELD, MET = 8, 1_500, 3, 1_000, 3_000
# A word that the statistics don't list is taken for half as frequent as the rarest that they do.
UNLISTED = 0.001
# BM25's allowance for length where each word occurs once. Source: Robertson and Zaragoza (2009), k1 1.2 and b 0.75.
LENGTH = 12
# Reciprocal rank fusion's constant. Source: Cormack, Clarke and Büttcher (2009).
K = 60


@dataclass(frozen=True, slots=True)
class Filters:
    """What signals must be like; empty asks nothing. side: "customer" or "us". deal_state: their deal's.
    segment: their deal's or, where that has none, their account's.
    besides: an account that they must not be of. since, until: days, both included."""

    kind: str = ""
    theme: int | None = None
    side: str = ""
    deal_state: str = ""
    segment: str = ""
    account: int | None = None
    besides: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """A signal, which is not found itself, or a text. vector: the text's meaning, None to compare words only.
    literally: the text's quoted phrases and -words hold, and only words count."""

    signal: int = 0
    text: str = ""
    vector: Sequence[float] | None = None
    literally: bool = False

    @property
    def meant(self) -> bool:
        """Whether it is asked by its meaning, too."""
        return bool(self.signal) or self.vector is not None


class Candidate(NamedTuple):
    """by_meaning, by_words: its ranks from 1, None where it was not found so. account: whose conversation it is from.
    vector: as the database sends it."""

    signal: int
    by_meaning: int | None
    by_words: int | None
    side: str
    account: int | None
    vector: bytes


CONDITIONS: Mapping[str, str] = {
    "kind": "s.kind = %(kind)s",
    "theme": "s.theme_id = %(theme)s",
    "side": "s.side = %(side)s",
    "deal_state": "e.state = %(deal_state)s",
    # Its deal's, or where that has none its account's; accounts are looked up for those alone.
    "segment": """(e.segment = %(segment)s OR (coalesce(e.segment, '') = ''
        AND EXISTS (SELECT FROM account WHERE id = coalesce(d.account_id, e.account_id) AND segment = %(segment)s)))""",
    "account": """d.id IN (SELECT id FROM document WHERE account_id = %(account)s UNION ALL
        SELECT o.id FROM document o JOIN deal ON deal.id = o.deal_id
        WHERE o.account_id IS NULL AND deal.account_id = %(account)s)""",
    "besides": "coalesce(d.account_id, e.account_id) IS DISTINCT FROM %(besides)s",
    "since": "d.happened_at >= %(since)s::date",
    "until": "d.happened_at < %(until)s::date + 1",
}

# Which languages there are: found step by step along an index of what is not English.
LANGUAGES = """
RECURSIVE foreign_to AS (
    SELECT min(language) AS language FROM passage WHERE language <> 'english' UNION ALL
    SELECT (SELECT min(language) FROM passage WHERE language <> 'english' AND language > f.language)
    FROM foreign_to f WHERE f.language IS NOT NULL),
languages AS (SELECT language::regconfig FROM foreign_to WHERE language IS NOT NULL UNION ALL SELECT 'english')"""

TEXT = f"""{LANGUAGES},
sought AS (
    SELECT DISTINCT unnest(tsvector_to_array(to_tsvector(language, %(text)s))) AS lexeme FROM languages)"""

# The text's words all together, its phrases and what it leaves out, in any of the languages.
WORDS_OF_TEXT = """
gathered AS MATERIALIZED (
    SELECT string_agg(format('(%%s)', query), ' | ')::tsquery AS query
    FROM (SELECT websearch_to_tsquery(language, %(text)s)::text AS query FROM languages) q WHERE query <> '')"""

SIGNAL = """
sought AS (SELECT unnest(tsvector_to_array(words)) AS lexeme FROM signal WHERE id = %(signal)s)"""

# How frequent each word is, the database's own statistics know (pg_stats, kept up by its autovacuum).
ASKED = f"""
listed AS MATERIALIZED (
    SELECT lexeme, share FROM pg_stats,
        unnest(most_common_elems::text::text[], most_common_elem_freqs) AS e(lexeme, share)
    WHERE schemaname = current_schema() AND tablename = 'signal' AND attname = 'words' AND lexeme IS NOT NULL),
rarest AS (
    SELECT lexeme, coalesce(share, (SELECT min(share) / 2 FROM listed), {UNLISTED}) AS share,
        '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''' AS quoted
    FROM sought LEFT JOIN listed USING (lexeme) ORDER BY share, lexeme LIMIT {WORDS}),
asked AS MATERIALIZED (
    SELECT lexeme, quoted, share, quoted::tsquery AS query, -ln(share) AS weight, rare,
        count(*) FILTER (WHERE NOT rare) OVER (ORDER BY share, lexeme) AS place
    FROM (SELECT *, count(*) OVER () = 1 OR sum(share) OVER (ORDER BY share, lexeme)
            * (SELECT reltuples FROM pg_class WHERE oid = 'signal'::regclass) <= {RARE} AS rare FROM rarest) r)"""

# What quotes are to hold, each with the share of all that may: rare words, and the commoner ones together.
PARTS = f"""
parts AS MATERIALIZED (
    SELECT quoted AS part, share AS expected FROM asked WHERE rare UNION ALL
    SELECT a.quoted || '&' || b.quoted, a.share * b.share FROM asked a JOIN asked b ON a.lexeme < b.lexeme
    WHERE NOT a.rare AND NOT b.rare AND a.place <= {TOGETHER} AND b.place <= {TOGETHER} UNION ALL
    SELECT string_agg(quoted, '&'), exp(sum(ln(share))) FROM asked WHERE NOT rare AND place <= {TOGETHER}
    HAVING count(*) = {TOGETHER})"""

LITERAL_PARTS = f"""{WORDS_OF_TEXT},
parts AS MATERIALIZED (SELECT query::text AS part, 0 AS expected FROM gathered WHERE query IS NOT NULL)"""

# Where the filters leave many: the index of vectors is followed until enough have passed.
NEAR_BY_INDEX = """
near AS MATERIALIZED (
    SELECT s.id, v.vector <=> {vector} AS distance FROM signal_vector v JOIN signal s ON s.id = v.signal_id {joins}
    WHERE {meant} AND {conditions} ORDER BY v.vector <=> {vector} LIMIT %(most)s)"""

# Where they leave few: all of them.
NEAR_OF_FEW = """
few AS (
    SELECT s.id, s.signs <~> {signs} AS apart FROM signal s {joins} WHERE {conditions}),
near AS MATERIALIZED (
    SELECT f.id, v.vector <=> {vector} AS distance
    FROM (SELECT id FROM few WHERE {meant} ORDER BY apart, id LIMIT %(most)s * {again}::bigint) f
        JOIN signal_vector v ON v.signal_id = f.id ORDER BY distance, id LIMIT %(most)s)"""

# The index of words, followed for what the fewest quotes hold first. Of a theme's signals hardly any are among the
# first that hold a word, but its own index is met with that of words.
HOLDING_BY_INDEX = """
holding AS MATERIALIZED (
    SELECT DISTINCT ON (id) id, words FROM (
        SELECT h.id, h.words FROM (SELECT part::tsquery AS query FROM parts ORDER BY expected) p,
            LATERAL (SELECT s.id, s.words FROM (SELECT * FROM signal s WHERE words @@ p.query {of_theme} LIMIT {met}) s
                {joins} WHERE {conditions} LIMIT {held}) h
        LIMIT {held}) first)"""

HOLDING_OF_FEW = """
any_part AS MATERIALIZED (SELECT string_agg(format('(%%s)', part), ' | ')::tsquery AS query FROM parts),
holding AS MATERIALIZED (
    SELECT id, words FROM few JOIN signal USING (id) WHERE words @@ (SELECT query FROM any_part))"""

FUSED = f"""
meant AS (SELECT id, row_number() OVER (ORDER BY distance, id) AS place FROM near),
worded AS (
    SELECT id, row_number() OVER (ORDER BY weight DESC, id) AS place FROM (
        SELECT id, (SELECT sum(weight) FROM asked WHERE words @@ query) / ({LENGTH} + length(words)) AS weight
        FROM holding ORDER BY weight DESC NULLS LAST, id LIMIT %(most)s) h),
fused AS (
    SELECT id, m.place AS by_meaning, w.place AS by_words,
        coalesce(1.0 / ({K} + m.place), 0) + coalesce(1.0 / ({K} + w.place), 0) AS score
    FROM meant m FULL JOIN worded w USING (id) ORDER BY score DESC, id LIMIT %(most)s)
SELECT f.id, by_meaning, by_words, s.side, coalesce(d.account_id, e.account_id), halfvec_send(v.vector),
    (SELECT count(*) FROM near)
FROM fused f JOIN signal s USING (id) JOIN signal_vector v ON v.signal_id = f.id
    JOIN document d ON d.id = s.document_id LEFT JOIN deal e ON e.id = d.deal_id
ORDER BY score DESC, f.id"""


def related(
    question: Question, filters: Filters, most: int, few: int = FEW, fewest: int = FEWEST, again: int = AGAIN
) -> list[Candidate]:
    """The nearest signals that nobody dismissed, best first, at most `most`.

    few: up to this many signals that pass the filters are compared one by one, and up to `fewest` by their words, too.
    Where the index gives up before it has found enough, they are, however many. again: so many times `most` of them by
    their whole vectors.
    """
    left = expected(filters)
    near = _near_of_few(again) if left <= few else NEAR_BY_INDEX
    holding = HOLDING_OF_FEW if left <= min(few, fewest) else HOLDING_BY_INDEX
    found, met = _asked(question, filters, most, near, holding)
    gave_up = question.meant and met < most and left > few and bool(filters.given)
    return _asked(question, filters, most, _near_of_few(again), holding)[0] if gave_up else found


def expected(filters: Filters) -> int:
    """About how many signals pass the filters, from the database's statistics; nothing is counted."""
    joins, conditions = _where(filters)
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (FORMAT JSON) SELECT FROM signal s {joins} WHERE {conditions}", {"signal": 0, **filters.given}
        )
        plan = cursor.fetchone()[0]
    return int((loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


def _near_of_few(again: int) -> str:
    return NEAR_OF_FEW.replace("{again}", str(again))


@transaction.atomic
def _asked(question: Question, filters: Filters, most: int, near: str, holding: str) -> tuple[list[Candidate], int]:
    """The candidates, and how many signals were ranked by their meaning."""
    joins, conditions = _where(filters)
    source = f"{near}, {holding}".format(
        vector=_vector(question), signs=_signs(question), meant=str(question.meant),
        joins=joins, conditions=conditions, held=HELD, met=MET,
        of_theme=f"AND {CONDITIONS['theme']}" if filters.theme is not None else "",
    )  # fmt: skip
    words = SIGNAL if question.signal else TEXT
    parts = LITERAL_PARTS if question.literally else PARTS
    values: dict[str, Any] = {"signal": question.signal, "text": question.text, "most": most, **filters.given}
    if question.vector is not None:
        values["vector"] = HalfVector(list(question.vector)).to_text()
    if near == NEAR_BY_INDEX:
        _set_for_now({**LOOKING, **ONE_BY_ONE})
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {words}, {ASKED}, {parts}, {source}, {FUSED}", values)
        rows = cursor.fetchall()
    return [Candidate(*row[:-1]) for row in rows], rows[0][-1] if rows else 0


def look_widely() -> None:
    """In this transaction, let the index of vectors look on until enough of the rows that it meets pass the filters."""
    _set_for_now(LOOKING)


def _set_for_now(settings: Mapping[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(name, value, true) FROM unnest(%s::text[], %s::text[]) AS s(name, value)",
            [list(settings), list(settings.values())],
        )


def _vector(question: Question) -> str:
    if question.signal:
        return "(SELECT vector FROM signal_vector WHERE signal_id = %(signal)s)"
    return "%(vector)s::halfvec" if question.vector is not None else "NULL::halfvec"


def _signs(question: Question) -> str:
    """Found once, where the signs of a signal's vector would be made of it for each row again."""
    if question.signal:
        return "(SELECT signs FROM signal WHERE id = %(signal)s)"
    return f"binary_quantize({_vector(question)})"


def _where(filters: Filters) -> tuple[str, str]:
    """Joins of what the filters look at, and their conditions. s: signal, d: document, e: deal."""
    conditions = ["NOT s.dismissed", "s.id <> %(signal)s", *(CONDITIONS[name] for name in filters.given)]
    return _joins("s", filters), " AND ".join(conditions)


def passage_conditions(filters: Filters) -> tuple[str, str]:
    """The same for passages, p, which have a side but neither kind nor theme."""
    conditions = [CONDITIONS[name].replace("s.side", "p.side") for name in filters.given]
    return _joins("p", filters), " AND ".join(conditions) or "true"


def _joins(table: str, filters: Filters) -> str:
    given = filters.given.keys()
    if not given - {"kind", "theme", "side"}:
        return ""
    joins = f"JOIN document d ON d.id = {table}.document_id"
    if given & {"deal_state", "segment", "besides"}:
        joins += f" {'' if 'deal_state' in given else 'LEFT '}JOIN deal e ON e.id = d.deal_id"
    return joins
