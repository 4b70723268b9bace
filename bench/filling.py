"""Fills a workspace's tables with made-up rows by SQL, for the pages to be timed on. The database's own checks stay on:
each signal's quote is a sentence of its passage, at its place."""

from dataclasses import dataclass
from typing import Any

from bench.material import ACCOUNTS, OWNERS, SEGMENTS, company, sentences

from winward.engine.reading.kinds import KINDS

SENTENCES, VECTORS, THEMES = 5_000, 1_000, 60
PASSAGES_A_DOCUMENT, DEALS_WITH_MUCH_EVIDENCE = 20, 100


@dataclass(frozen=True, slots=True)
class Size:
    deals: int
    documents: int
    signals: int

    @property
    def passages(self) -> int:
        return self.documents * PASSAGES_A_DOCUMENT


def size(scale: float) -> Size:
    return Size(int(100_000 * scale), int(20_000 * scale), int(1_000_000 * scale))


NAMES = """
INSERT INTO source (id, name, made_at) VALUES (1, 'Filled', now());
INSERT INTO import (source_id, file, kind, state, message, done, added, changed, problems, by, started_at, finished_at)
VALUES (1, 'filled', 'documents', 'done', '', {documents}, {documents}, 0, 0, '', now(), now());
INSERT INTO owner (id, source_id, external_id, name, name_key, email, team, region, extra)
SELECT n, 1, 'O-' || n, 'Seller ' || n, 'seller' || n, '', '', '', '{{}}' FROM generate_series(1, {owners}) n;
INSERT INTO account (id, source_id, external_id, name, name_key, domain, industry, segment, region, owner_name, extra)
SELECT row_number() OVER (), 1, 'A-' || name, name, lower(name), '', '', '', '', '', '{{}}' FROM account_names;
"""

DEALS = """
INSERT INTO deal (id, source_id, external_id, name, account_id, owner_id, state, stage, amount, currency, value,
    value_note, created_on, closed_on, segment, region, competitor, stated_reason, extra)
SELECT n, 1, 'D-' || n, 'Deal ' || n, 1 + n % {accounts}, 1 + n % {owners}, state, initcap(state), worth, 'EUR', worth,
    '', day, CASE WHEN state <> 'open' THEN day + 20 + n % 150 END, (ARRAY{segments})[1 + n % 3], '',
    CASE WHEN n % 5 = 0 THEN 'Rival' ELSE '' END, CASE WHEN state = 'lost' THEN 'Price' ELSE '' END, '{{}}'
FROM (SELECT n, (ARRAY['won', 'lost', 'open'])[1 + (random() * 3)::int % 3] AS state, (random() * 400000)::int AS worth,
    date '2023-07-01' + (random() * 1000)::int AS day FROM generate_series(1, {deals}) n) made;
INSERT INTO stage_change (deal_id, stage, entered_on)
SELECT deal.id, s.stage, created_on + at::int * 9
FROM deal, unnest(ARRAY['Met', 'Tried', 'Offered']) WITH ORDINALITY s(stage, at);
"""

# Every tenth document belongs to one of the few deals that are talked about most.
EVIDENCE = """
INSERT INTO document (id, source_id, external_id, content_hash, kind, title, happened_at, account_id, deal_id, link,
    link_why, link_confidence, named_account, named_deal, linked_by, participants, customer_words, file, read_by, extra)
SELECT n, 1, 'call-' || n, md5(n::text), 'call', 'Call ' || n, created_on + time '10:00', account_id, deal.id,
    CASE WHEN n % 50 = 0 THEN 'unsure' ELSE 'sure' END, 'The file names the account.', 0.9, '', '', '',
    '[{{"name": "Sam", "side": "us"}}, {{"name": "Kim", "role": "Operations"}}]', 400, 'filled', 'filled', '{{}}'
FROM generate_series(1, {documents}) n JOIN deal
ON deal.id = CASE WHEN n % 10 = 0 THEN 1 + n / 10 % {busy} ELSE 1 + n * 31 % {deals} END;
INSERT INTO passage (id, document_id, ordinal, start, text, speaker, side, spoken)
SELECT n, document, ordinal, coalesce(sum(char_length(text) + 1) OVER (PARTITION BY document ORDER BY ordinal
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), text, speaker, side, true
FROM (SELECT n, 1 + (n - 1) / {each} AS document, (n - 1) % {each} AS ordinal,
    a.text || ' ' || b.text || ' ' || c.text AS text, (ARRAY['Kim', 'Kim', 'Sam'])[1 + n % 3] AS speaker,
    (ARRAY['customer', 'customer', 'us'])[1 + n % 3] AS side
    FROM generate_series(1, {passages}) n
    JOIN sentence a ON a.id = 1 + n * 7 % {sentences}
    JOIN sentence b ON b.id = 1 + n * 11 % {sentences}
    JOIN sentence c ON c.id = 1 + n * 13 % {sentences}) made;
"""

# A fifth is unsorted; of the themes the first has many times as many signals as the last.
SIGNALS = """
INSERT INTO theme (id, name, given_name, owner, terms, area, centre, floor, typical, retired, pinned, hidden,
    proposed_name, proposed_from, trend, made_at)
SELECT n, initcap(left(s.text, 30)), '', '', string_to_array(lower(left(s.text, 20)), ' '), n % 8, v.vector, 0.3,
    '{{}}', false, false, false, '', '{{}}', '', now()
FROM generate_series(1, {themes}) n JOIN sentence s ON s.id = n JOIN pool v ON v.id = n;
INSERT INTO signal (id, passage_id, document_id, start, "end", quote, kind, kinds, strength, about, side, dismissed,
    theme_id, fit, unsorted_why, signs)
SELECT n, p.id, p.document_id, at, at + char_length(quote), quote, (ARRAY{kinds})[1 + n % {many}],
    array_fill(0.09::float8, ARRAY[{many}]), random(), '', p.side, n % 1000 = 0,
    CASE WHEN n % 5 > 0 THEN 1 + ({themes} * power(random(), 2) * 0.9999)::int % {themes} END, random(),
    CASE WHEN n % 5 = 0 THEN 'nobody else said anything like it' ELSE '' END,
    binary_quantize(a.vector + b.vector)::bit(384)
FROM (SELECT n, passage, row_number() OVER (PARTITION BY passage ORDER BY n) AS which
    FROM (SELECT n, 1 + (n - 1) * {passages} / {signals} AS passage FROM generate_series(1, {signals}::bigint) n) r) s
JOIN passage p ON p.id = s.passage
CROSS JOIN LATERAL (SELECT sum(char_length(part) + 2) OVER (ORDER BY place) - char_length(part) - 2 AS at,
    part || '.' AS quote, place FROM string_to_table(rtrim(p.text, '.'), '. ') WITH ORDINALITY t(part, place)) q
JOIN pool a ON a.id = 1 + n % {vectors}
JOIN pool b ON b.id = 1 + n / {vectors} % {vectors}
WHERE q.place = s.which;
INSERT INTO signal_vector (signal_id, vector) SELECT s.id, l2_normalize(a.vector + b.vector)
FROM signal s JOIN pool a ON a.id = 1 + s.id % {vectors} JOIN pool b ON b.id = 1 + s.id / {vectors} % {vectors};
UPDATE theme SET typical = (SELECT array_agg(id) FROM (SELECT id FROM signal WHERE theme_id = theme.id LIMIT 8) s);
"""

STAKES = """
INSERT INTO weighing (id, at, won, lost, open, lost_value, unexplained, unvalued_deals, note)
SELECT 1, now(), count(*) FILTER (WHERE state = 'won'), count(*) FILTER (WHERE state = 'lost'),
    count(*) FILTER (WHERE state = 'open'), 1e9, 5e8, 0, '' FROM deal;
INSERT INTO stake (theme_id, verdict, difference, low, high, raw_difference, won_with, lost_with, won_without,
    lost_without, lost_value, lost_value_low, lost_value_high, won_value, open_deals, open_value, open_expected_loss,
    signals, signals_after, accounts, deals, by_quarter, quarters)
SELECT id, (ARRAY['costs', 'can''t tell', 'can''t tell', 'helps'])[1 + id % 4], -0.1, -0.2, -0.02, -0.1, 300, 400,
    30000, 30000, 1e6 * id, 5e5 * id, 2e6 * id, 1e6, 300, 1e6, 1e5, 9000, 100, 900, 1000, ARRAY[10, 20, 30, 40],
    ARRAY['2025 Q1', '2025 Q2', '2025 Q3', '2025 Q4'] FROM theme;
INSERT INTO attribution (deal_id, theme_id, share, value)
SELECT id, 1 + (id * 7 + t * 13) % {themes}, 0.1, 0.1 * value FROM deal, generate_series(0, 2) t WHERE state = 'lost';
INSERT INTO lineage (theme_id, event, shared, share, quotes, by, at)
SELECT id, 'born', 0, 0, '{{}}', '', now() FROM theme;
"""


def fill(connection: Any, wanted: Size) -> None:
    """Write everything in one transaction, and leave the tables vacuumed and analysed as they are after a while."""
    with connection.transaction():
        connection.execute("SELECT setseed(0.5)")
        _pools(connection)
        for part in (NAMES, DEALS, EVIDENCE, SIGNALS, STAKES):
            connection.execute(part.format(**_numbers(wanted)))
    connection.execute("VACUUM ANALYZE")


def _pools(connection: Any) -> None:
    connection.execute("CREATE TEMP TABLE sentence (id serial PRIMARY KEY, text text) ON COMMIT DROP")
    connection.execute("CREATE TEMP TABLE account_names (name text) ON COMMIT DROP")
    connection.execute(
        "CREATE TEMP TABLE pool ON COMMIT DROP AS SELECT n AS id, (SELECT array_agg(random() - 0.5) "
        "FROM generate_series(1, 384) WHERE n > 0)::halfvec(384) AS vector FROM generate_series(1, %s) n",
        [VECTORS],
    )
    with connection.cursor().copy("COPY sentence (text) FROM STDIN") as copy:
        for text in sentences(SENTENCES):
            copy.write_row((text,))
    with connection.cursor().copy("COPY account_names FROM STDIN") as copy:
        for number in range(ACCOUNTS):
            copy.write_row((company(number),))
    connection.execute("ANALYZE sentence, pool")


def _numbers(wanted: Size) -> dict[str, object]:
    return {
        "deals": wanted.deals,
        "documents": wanted.documents,
        "passages": wanted.passages,
        "signals": wanted.signals,
        "accounts": ACCOUNTS,
        "owners": OWNERS,
        "themes": THEMES,
        "sentences": SENTENCES,
        "vectors": VECTORS,
        "each": PASSAGES_A_DOCUMENT,
        "busy": DEALS_WITH_MUCH_EVIDENCE,
        "segments": list(SEGMENTS),
        "kinds": list(KINDS),
        "many": len(KINDS),
    }
