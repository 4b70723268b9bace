"""What in somebody's words shows that a kind of stakeholder has a say: plain words, whole ones only."""

import re
from collections.abc import Mapping

from winward.records.stakeholders import Stakeholder

Kind = Stakeholder.Kind

# Patterns by what they are called on the page. Words that mean something else as often ("secure the budget", "market
# penetration", a customer's "vendor", which is us) are left out or bound to their neighbours.
CUES: Mapping[str, Mapping[str, str]] = {
    Kind.SECURITY: {
        "SOC 2": r"soc[ -]?2",
        "ISO 27001": r"iso[ -/]*27001",
        "single sign-on": r"sso|saml|scim|single[ -]sign[ -]?on",
        "audits": r"audit(?:s|ed|ors?|able)?|audit (?:log|trail)s?",
        "encryption": r"encrypt(?:ion|ed|s)?",
        "penetration tests": r"pen(?:etration)?[ -]?test(?:s|ed|ing)?",
        "two-factor sign-in": r"mfa|2fa|(?:two|multi)[ -]factor",
        "vulnerabilities": r"vulnerabilit(?:y|ies)|cve",
        "breaches": r"(?:data|security) breach(?:es)?|data leaks?",
        "security reviews": r"security (?:reviews?|questionnaires?|teams?|policy|policies|officers?|concerns?)|ciso",
        "where data lies": r"data residency|air[ -]?gapped",
    },
    Kind.LEGAL: {
        "a DPA": r"dpas?|data processing (?:agreement|addendum)s?",
        "the GDPR": r"gdpr|hipaa|ccpa",
        "contracts": r"contract(?:s|ual|ually)?",
        "liability": r"liabilit(?:y|ies)|indemnit(?:y|ies)|indemnification",
        "terms of business": r"(?:master|legal) (?:services? )?(?:agreement|terms)|msas?|ndas?",
        "lawyers": r"(?:our|your|their) (?:lawyers?|counsel)|legal (?:teams?|department|review|counsel)",
        "compliance": r"complian(?:ce|t)|regulat(?:or|ors|ory|ion|ions)",
    },
    Kind.VENDOR: {
        "third parties": r"third[ -]part(?:y|ies)|sub-?processors?|subcontractors?|resellers?",
        "other companies’ services": r"(?:cloud|hosting) providers?|white[ -]label(?:led)?",
    },
    Kind.TECH_LEAD: {
        "an API": r"apis?|webhooks?|sdks?",
        "integrations": r"integrat(?:e|es|ed|ing|ions?)",
        "speed": r"latency|time[ -]?outs?|(?:too|so|very) slow(?:ly)?|performance (?:issue|problem)s?",
        "migrations": r"migrat(?:e|es|ed|ing|ions?)",
        "on-premises": r"on[ -]prem(?:ises?)?|self[ -]hosted",
        "outages": r"outages?|downtime|crash(?:es|ed|ing)?",
    },
    Kind.DESIGNER: {
        "how it is used": r"usability|user[ -]friendly|intuitive|ux|confus(?:es|ed|ing)|clunky|clumsy",
        "clicks": r"(?:too many|fewer|extra|more) (?:clicks?|steps?|screens?)",
        "accessibility": r"accessibility|screen readers?|wcag",
        "screens": r"layouts?|user interfaces?|navigation",
    },
}  # fmt: skip
_PATTERNS = {
    kind: {name: re.compile(rf"\b(?:{pattern})\b", re.I) for name, pattern in cues.items()}
    for kind, cues in CUES.items()
}

# Without any of these stretches nothing above is found; most sentences have none, and are done with quickly.
HINTS = (
    "soc", "27001", "sso", "saml", "scim", "sign", "audit", "encrypt", "test", "fa", "factor", "vulnerab", "cve",
    "breach", "leak", "securit", "ciso", "residency", "gapped", "dpa", "processing", "gdpr", "hipaa", "ccpa",
    "contract", "liabilit", "indemni", "master", "legal", "msa", "nda", "lawyer", "counsel", "complian", "regulat",
    "third", "processor", "resell", "provider", "label", "api", "hook", "sdk", "integrat", "latency", "time", "slow",
    "performance", "migrat", "prem", "hosted", "outage", "down", "crash", "usab", "friendly", "intuitive", "ux",
    "confus", "clunk", "clums", "click", "step", "screen", "accessib", "reader", "wcag", "layout", "interface",
    "navigat",
)  # fmt: skip


def cues_in(text: str) -> dict[str, list[str]]:
    """By kind of stakeholder, what in the text shows that they have a say."""
    lowered = text.casefold()
    if not any(hint in lowered for hint in HINTS):
        return {}
    found = {kind: [name for name, one in cues.items() if one.search(text)] for kind, cues in _PATTERNS.items()}
    return {kind: names for kind, names in found.items() if names}
