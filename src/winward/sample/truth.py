"""What was planted in the sample company, as plain values that are written beside the tests as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

ThemeRole = Literal["costly", "harmless", "helpful", "mild"]
Link = Literal["explicit", "account", "domain", "title", "ambiguous"]


@dataclass(frozen=True, slots=True)
class PlantedTheme:
    """log_odds: change of the log-odds of winning when the theme is mentioned before the decision.
    share: how often a deal of middling exposure mentions it."""

    key: str
    title: str
    description: str
    role: ThemeRole
    log_odds: float
    share: float
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlantedDocument:
    """file: path within the sample folder. item: the row's or ticket's id where one file holds several documents.
    deal: the deal that it truly belongs to, empty for documents of the account alone. link: the best evidence that
    the file itself gives for that. sentences: (theme key, exact sentence)."""

    file: str
    item: str
    kind: str
    account: str
    deal: str
    link: Link
    before_decision: bool
    sentences: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlantedDeal:
    """mentions: keys of the themes said before the decision. true_reason: a theme's key, "competitor", or "chance"
    where the model gives no single reason; empty unless lost. exposure: documents recorded before the decision."""

    deal: str
    account: str
    outcome: Literal["won", "lost", "open"]
    win_probability: float
    mentions: tuple[str, ...]
    exposure: int
    segment: str
    region: str
    competitor: str
    true_reason: str
    stated_reason: str
    stated_is_wrong: bool


@dataclass(frozen=True, slots=True)
class PlantedChurn:
    """A customer that left on that day. true_reason: a theme's key, empty where nothing was planted."""

    account: str
    on: str
    true_reason: str
    stated_reason: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The planted truth of one sample company. coefficients: every term of the model that drew the outcomes."""

    note: str
    seed: int
    themes: tuple[PlantedTheme, ...]
    deals: tuple[PlantedDeal, ...]
    documents: tuple[PlantedDocument, ...]
    churned: tuple[PlantedChurn, ...]
    coefficients: dict[str, float]

    def to_json(self) -> str:
        """One deal or document a line, so that a change of the material reads well in a diff."""
        head = {"note": self.note, "seed": self.seed, "coefficients": self.coefficients}
        parts = [f'"{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in head.items()]
        for name in ("themes", "deals", "churned", "documents"):
            rows = ",\n  ".join(json.dumps(asdict(row), ensure_ascii=False) for row in getattr(self, name))
            parts.append(f'"{name}": [\n  {rows}\n]')
        return "{" + ",\n".join(parts) + "}\n"


def read_truth(path: Path) -> Truth:
    """The truth that `Truth.to_json` wrote."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    documents = tuple(
        PlantedDocument(**{**row, "sentences": tuple((theme, text) for theme, text in row["sentences"])})
        for row in raw["documents"]
    )
    deals = tuple(PlantedDeal(**{**row, "mentions": tuple(row["mentions"])}) for row in raw["deals"])
    themes = tuple(PlantedTheme(**{**row, "quotes": tuple(row["quotes"])}) for row in raw["themes"])
    churned = tuple(PlantedChurn(**row) for row in raw["churned"])
    return Truth(raw["note"], raw["seed"], themes, deals, documents, churned, raw["coefficients"])
