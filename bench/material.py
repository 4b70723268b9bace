"""Generated evidence of any size, the same each time: CRM files, transcripts, and sentences to fill them with."""

import csv
import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

ACCOUNTS, OWNERS = 5_000, 60
DEALS = ("Record ID", "Deal Name", "Deal Stage", "Associated Company", "Deal owner", "Amount", "Create Date",
         "Close Date", "Segment")  # fmt: skip
STAGES = ("closedwon", "closedlost", "Proposal", "Negotiation")
SEGMENTS = ("small", "mid", "large")
SYLLABLES = ("ba", "cor", "del", "fin", "gra", "hon", "jo", "kel", "lum", "mar", "nor", "pe", "qui", "ros", "sol",
             "tra", "ul", "ver", "win", "zen")  # fmt: skip
PLAIN_WORDS = ("the", "we", "it", "and", "to", "of", "a", "that", "is", "for", "not", "with", "our", "this", "you")
WORDS = 20_000


def company(number: int) -> str:
    chance = random.Random(number)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).title() for _ in range(2)) + f" {number}"


def write_crm(folder: Path, deals: int) -> None:
    """owners.csv, accounts.csv and deals.csv, which name one another as CRM exports do."""
    folder.mkdir(parents=True, exist_ok=True)
    owners = [(f"O-{number}", f"Seller {number}", f"s{number}@us.example") for number in range(OWNERS)]
    accounts = [
        (f"A-{number}", company(number), f"c{number}.example", SEGMENTS[number % 3]) for number in range(ACCOUNTS)
    ]
    _write(folder / "owners.csv", ("User ID", "Full Name", "Email"), owners)
    _write(folder / "accounts.csv", ("Record ID", "Company name", "Company Domain Name", "Segment"), accounts)
    _write(folder / "deals.csv", DEALS, _deals(deals))


def _deals(count: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(7)
    for number in range(count):
        opened = date(2023, 1, 1) + timedelta(days=chance.randrange(1_000))
        closed = opened + timedelta(days=chance.randrange(10, 200))
        account, amount = chance.randrange(ACCOUNTS), f"${chance.randrange(1, 400)},{chance.randrange(1_000):03d}"
        yield (
            f"D-{number}", f"Deal {number}", chance.choice(STAGES), company(account),
            f"Seller {chance.randrange(OWNERS)}", amount, opened, closed, SEGMENTS[account % 3],
        )  # fmt: skip


def _write(path: Path, headings: Sequence[str], rows: Iterator[tuple[object, ...]] | list[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)


def write_transcripts(folder: Path, documents: int, turns: int, files: int) -> None:
    """Calls as JSONL, a document a line, each with the account that it was held with."""
    folder.mkdir(parents=True, exist_ok=True)
    said = sentences(20_000)
    chance = random.Random(11)
    for part in range(files):
        with (folder / f"calls_{part}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(part * documents // files, (part + 1) * documents // files):
                file.write(json.dumps(_call(number, turns, said, chance)) + "\n")


def write_calls(folder: Path, documents: int, turns: int) -> None:
    """Calls as text, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    said, chance = sentences(5_000), random.Random(17)
    for number in range(documents):
        lines = [f"{('Sam', 'Kim')[at % 2]}: {chance.choice(said)}" for at in range(turns)]
        (folder / f"{company(number % ACCOUNTS)} {number}.txt").write_text("\n".join(lines), encoding="utf-8")


def _call(number: int, turns: int, said: Sequence[str], chance: random.Random) -> dict[str, object]:
    account, seller = number % ACCOUNTS, f"s{number % OWNERS}@us.example"
    buyer = f"p{number % 7}@c{account}.example"
    day = date(2023, 1, 1) + timedelta(days=number % 1_000)
    people = [{"name": "Sam", "email": seller, "side": "us"}, {"name": "Kim", "email": buyer, "role": "Operations"}]
    spoken = [
        {"speaker": ("Sam", "Kim")[at % 2], "text": " ".join(chance.choices(said, k=chance.randrange(1, 5)))}
        for at in range(turns)
    ]
    return {
        "id": f"call-{number}", "type": "call", "title": f"Call {number} with {company(account)}",
        "date": f"{day}T10:00:00Z", "participants": people, "transcript": spoken,
    }  # fmt: skip


def sentences(count: int) -> list[str]:
    """Sentences of 6 to 16 words, some words much more frequent than others, as in any language (Zipf)."""
    chance = random.Random(13)
    words = [*PLAIN_WORDS, *dict.fromkeys(_word(chance) for _ in range(WORDS))]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    return [_sentence(chance, words, weights) for _ in range(count)]


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5)))


def _sentence(chance: random.Random, words: Sequence[str], weights: Sequence[float]) -> str:
    return " ".join(chance.choices(words, cum_weights=weights, k=chance.randrange(6, 17))).capitalize() + "."
