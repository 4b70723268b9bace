"""Personal data and secrets out, readable pseudonyms in."""

from collections.abc import Iterator, Sequence

from winward.engine.redaction.credentials import credentials
from winward.engine.redaction.emails import emails
from winward.engine.redaction.findings import Finding, behind_barriers, disjoint
from winward.engine.redaction.hosts import hosts
from winward.engine.redaction.known import KnownNames
from winward.engine.redaction.names import names
from winward.engine.redaction.numbers import cards, ibans
from winward.engine.redaction.phones import phones
from winward.engine.redaction.pseudonyms import Pseudonyms
from winward.engine.redaction.redacted import Redacted, replace
from winward.engine.redaction.streets import streets

# Read in this order; a number with its country code needs none of them.
REGIONS = ("US", "GB", "DE", "FR")
_DIGITS = frozenset("0123456789")


def redact(text: str, known: KnownNames, pseudonyms: Pseudonyms, regions: Sequence[str] = REGIONS) -> Redacted:
    """Replaces what the detectors find. Redacting the result once more changes nothing.

    regions: the countries by whose rules phone numbers without a country code are read.
    """
    found: list[Finding] = []
    redacted = Redacted(text, ())
    # What is replaced may uncover what stood too close to it to be seen, so look until nothing is left.
    while new := list(disjoint(_findings(behind_barriers(redacted.text), known, regions))):
        found += [finding._replace(start=start, end=end) for finding, (start, end) in _placed(redacted, new)]
        redacted = replace(text, sorted(found), pseudonyms)
    return redacted


def _placed(redacted: Redacted, findings: Sequence[Finding]) -> Iterator[tuple[Finding, tuple[int, int]]]:
    return ((finding, redacted.restore(finding.start, finding.end)) for finding in findings)


def _findings(text: str, known: KnownNames, regions: Sequence[str]) -> Iterator[Finding]:
    yield from emails(text)
    yield from credentials(text)
    yield from names(text, known)
    if _DIGITS.isdisjoint(text):
        return
    yield from cards(text)
    yield from ibans(text)
    yield from hosts(text)
    yield from streets(text)
    yield from phones(text, regions)
