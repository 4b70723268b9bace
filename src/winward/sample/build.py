"""Writes the whole sample company and says what was planted in it."""

from datetime import datetime
from pathlib import Path
from random import Random

from winward.sample import calls, document_files, writing
from winward.sample.churn import Leaving, leavings
from winward.sample.company import VENDOR, Company, Person, found_company
from winward.sample.crm_files import write_crm
from winward.sample.document_files import Piece
from winward.sample.material import themes
from winward.sample.outcomes import Fate, Fates, decide
from winward.sample.planning import GONG_CALLS, Plan, plan_documents
from winward.sample.speech import Turn, Words
from winward.sample.truth import PlantedChurn, PlantedDeal, PlantedDocument, PlantedTheme, Truth

NOTE = (
    f"Constructed sample: {VENDOR}, its customers, people, deals and documents are invented. Outcomes were drawn from "
    "the logistic model whose coefficients stand here; the conversations were then written to match."
)
FOLDERS = ("crm", "calls", "emails", "tickets", "reviews", "surveys", "interviews", "notes")


def write_sample(folder: Path, seed: int = 7) -> Truth:
    """Writes the sample company's export files below `folder`; the same seed gives the same bytes."""
    company = found_company(seed)
    fates = decide(company, themes(), seed)
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    plans = plan_documents(company, fates, seed)
    left = leavings(company, plans, fates, seed)
    write_crm(folder / "crm", company, fates, left, seed)
    documents = _Writer(folder, company, fates, seed).write(plans)
    return Truth(NOTE, seed, _themes(), _deals(company, fates), documents, _churned(company, left), fates.coefficients)


class _Writer:
    def __init__(self, folder: Path, company: Company, fates: Fates, seed: int) -> None:
        self._folder, self._company, self._fates = folder, company, fates
        self._words, self._rng = Words(seed), Random(f"documents:{seed}")
        self._rows: dict[str, list[tuple[str, Piece]]] = {"ticket": [], "review": [], "survey": []}
        self._documents: list[PlantedDocument] = []

    def write(self, plans: list[Plan]) -> tuple[PlantedDocument, ...]:
        recorded = [number for number, plan in enumerate(plans) if plan.kind == "call" and plan.link == "explicit"]
        gong = set(self._rng.sample(recorded, GONG_CALLS))
        for number, plan in enumerate(plans):
            if plan.kind == "call":
                self._call(plan, number, number in gong)
            elif plan.kind in self._rows:
                self._row(plan, number)
            else:
                {"email": self._email, "note": self._note, "interview": self._interview}[plan.kind](plan, number)
        self._write_rows()
        return tuple(self._documents)

    def _call(self, plan: Plan, number: int, is_gong: bool) -> None:
        table = calls.Table(self._company, plan.account, plan.deal, self._words, self._rng)
        turns = calls.call(table, list(plan.themes), plan.is_first)
        piece = self._piece(plan, tuple(table.people), turns, f"{plan.account.name} and {VENDOR}")
        if is_gong:
            key = str(6_020_551_000_000 + number * 97)
            self._save(f"calls/{plan.at:%Y-%m-%d}-gong-{key}.json", piece, document_files.gong(piece, key), item=key)
        else:
            name = _recording(plan, number)
            self._save(f"calls/{name}.vtt", piece, document_files.vtt(piece, is_teams=number % 3 == 0))

    def _email(self, plan: Plan, number: int) -> None:
        writer, seller = self._writer_of(plan), self._seller(plan)
        desk = writing.Desk(writer, seller, plan.deal, plan.account, self._words)
        turns = writing.email(desk, [key for key, _ in plan.themes], self._rng)
        subject = writing.Desk(seller, writer, plan.deal, plan.account, self._words).line("emails", "subjects").text
        piece = self._piece(plan, (writer, seller), turns, subject)
        quoted = desk.line("emails", "quoted").text if self._rng.random() < 0.6 else ""
        private = f"{writer.email.partition('@')[0]}@postfach.example"
        address = private if plan.link == "ambiguous" else writer.email
        self._save(f"emails/{_stem(plan, number)}.eml", piece, document_files.eml(piece, quoted, address))

    def _note(self, plan: Plan, number: int) -> None:
        seller = self._seller(plan)
        desk = writing.Desk(seller, plan.account.contacts[0], plan.deal, plan.account, self._words)
        turns = writing.note(desk, [key for key, _ in plan.themes], self._rng)
        piece = self._piece(plan, (seller, plan.account.contacts[0]), turns)
        self._save(f"notes/{_stem(plan, number)}.txt", piece, document_files.plain(piece))

    def _interview(self, plan: Plan, number: int) -> None:
        assert plan.deal is not None
        fate = self._fates.of_deal[plan.deal.key]
        table = calls.Table(self._company, plan.account, plan.deal, self._words, self._rng)
        table.us = self._company.colleagues("product manager") * 2
        turns = calls.interview(table, list(plan.themes), fate.outcome, fate.stated_is_wrong)
        piece = self._piece(plan, (table.us[0], *table.they), turns)
        self._save(f"interviews/{_stem(plan, number)}.md", piece, document_files.markdown(piece))

    def _row(self, plan: Plan, number: int) -> None:
        writer = self._writer_of(plan)
        desk = writing.Desk(writer, self._seller(plan), None, plan.account, self._words)
        keys = [key for key, _ in plan.themes]
        turns = (
            writing.ticket(desk, keys, self._rng) if plan.kind == "ticket" else writing.review(desk, keys, self._rng)
        )
        title = desk.line("tickets", "subjects").text if plan.kind == "ticket" else desk.line("reviews", "titles").text
        piece = self._piece(plan, (writer,), turns, title)
        file = {"ticket": "tickets/tickets.json", "review": "reviews/reviews.csv", "survey": _survey_file(plan.at)}
        item = str({"ticket": 48_000, "review": 900, "survey": 3_000}[plan.kind] + number)
        self._rows[plan.kind].append((item, piece))
        self._plant(file[plan.kind], item, piece)

    def _write_rows(self) -> None:
        tickets = document_files.zendesk(self._rows["ticket"])
        (self._folder / "tickets" / "tickets.json").write_text(tickets, encoding="utf-8", newline="\n")
        reviews = [_review_row(key, piece, self._rng) for key, piece in self._rows["review"]]
        document_files.write_rows(self._folder / "reviews" / "reviews.csv", reviews)
        surveys: dict[str, list[dict[str, str]]] = {}
        for key, piece in self._rows["survey"]:
            surveys.setdefault(_survey_file(piece.at), []).append(_survey_row(key, piece, self._rng))
        for file, rows in surveys.items():
            document_files.write_rows(self._folder / file, rows)

    def _piece(self, plan: Plan, people: tuple[Person, ...], turns: list[Turn], title: str = "") -> Piece:
        return Piece(plan.kind, plan.account, plan.deal, plan.at, people, tuple(turns), plan.link, title)

    def _seller(self, plan: Plan) -> Person:
        return plan.deal.owner if plan.deal else self._company.colleagues("customer success")[0]

    def _writer_of(self, plan: Plan) -> Person:
        return self._rng.choice(plan.account.contacts[:3])

    def _save(self, file: str, piece: Piece, content: str | bytes, item: str = "") -> None:
        raw = content.encode("utf-8") if isinstance(content, str) else content
        (self._folder / file).write_bytes(raw)
        self._plant(file, item, piece)

    def _plant(self, file: str, item: str, piece: Piece) -> None:
        is_before = piece.kind in ("call", "email", "note")
        deal = piece.deal.key if piece.deal else ""
        self._documents.append(
            PlantedDocument(file, item, piece.kind, piece.account.name, deal, piece.link, is_before, piece.marks)
        )


def _stem(plan: Plan, number: int) -> str:
    return f"{plan.at:%Y-%m-%d}-{plan.account.slug}-{number:03}"


def _recording(plan: Plan, number: int) -> str:
    """The file's name: of the account, of nothing but the time, or, where a person shall decide, of the account with
    two letters swapped."""
    if plan.link == "domain":
        return f"GMT{plan.at:%Y%m%d-%H%M%S}_Recording"
    if plan.link in ("title", "ambiguous"):
        name = plan.account.name
        said = name if plan.link == "title" else name[:3] + name[4] + name[3] + name[5:]
        return f"{plan.at:%Y-%m-%d} {said} call"
    return _stem(plan, number)


def _survey_file(at: datetime) -> str:
    return f"surveys/satisfaction-{at.year}-h{1 if at.month < 7 else 2}.csv"


def _review_row(key: str, piece: Piece, rng: Random) -> dict[str, str]:
    return {
        "Review ID": key,
        "Date": f"{piece.at:%Y-%m-%d}",
        "Reviewer": piece.people[0].name,
        "Email": piece.people[0].email,
        "Company": piece.account.name,
        "Rating": str(rng.choice((2, 3, 3, 4, 4, 5))),
        "Title": piece.title,
        "Review": piece.turns[0].text,
    }


def _survey_row(key: str, piece: Piece, rng: Random) -> dict[str, str]:
    return {
        "Response ID": key,
        "Submitted": f"{piece.at:%Y-%m-%d}",
        "Email": piece.people[0].email,
        "Company": piece.account.name,
        "Score": str(rng.choice((4, 6, 7, 7, 8, 9))),
        "What is the main reason for your score?": piece.turns[0].text,
    }


def _themes() -> tuple[PlantedTheme, ...]:
    return tuple(
        PlantedTheme(
            theme.key,
            theme.title,
            theme.description,
            theme.role,
            theme.log_odds,
            theme.share,
            tuple(line.text for line in theme.spoken[:3]),
        )
        for theme in themes()
    )


def _deals(company: Company, fates: Fates) -> tuple[PlantedDeal, ...]:
    planted = []
    for deal in company.deals:
        fate: Fate = fates.of_deal[deal.key]
        planted.append(
            PlantedDeal(
                deal.key,
                deal.account.name,
                fate.outcome,
                fate.win_probability,
                fate.mentions,
                deal.exposure,
                deal.account.segment,
                deal.account.region,
                deal.competitor,
                fate.true_reason,
                fate.stated_reason,
                fate.stated_is_wrong,
            )
        )
    return tuple(planted)


def _churned(company: Company, left: dict[str, Leaving]) -> tuple[PlantedChurn, ...]:
    names = {account.key: account.name for account in company.accounts}
    return tuple(
        PlantedChurn(names[key], one.on.isoformat(), one.true_reason, one.stated_reason)
        for key, one in sorted(left.items(), key=lambda item: (item[1].on, item[0]))
    )
