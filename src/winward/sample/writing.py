"""E-mails, tickets, reviews, survey answers and notes: the short written documents."""

from random import Random

from winward.sample.company import Account, Deal, Person
from winward.sample.speech import Turn, Words, facts, joined, themed_turn


class Desk:
    """One person writing about one account."""

    def __init__(self, writer: Person, reader: Person, deal: Deal | None, account: Account, words: Words) -> None:
        self.writer, self.reader, self.account, self.words = writer, reader, account, words
        us, they = (reader, writer) if writer.side == "customer" else (writer, reader)
        self._facts = facts(deal, account, us, they, account.contacts[1])

    def line(self, file: str, heading: str) -> Turn:
        return Turn(self.writer, self.words.line(file, heading, self.account).text.format_map(self._facts))

    def about(self, key: str, form: str, rng: Random) -> Turn:
        return themed_turn(self.writer, key, self.words.about(key, form, self.account), rng, spoken=False)


def email(desk: Desk, mentioned: list[str], rng: Random) -> list[Turn]:
    """Paragraphs: greeting, occasion, the themes in random order, sometimes something else, a close."""
    body = [joined(desk.about(key, "core", rng), desk.about(key, "written", rng)) for key in mentioned]
    if not body or rng.random() < 0.3:
        body.append(desk.line("singular", "written"))
    rng.shuffle(body)
    if len(body) > 2 and rng.random() < 0.6:
        body = [joined(body[0], body[1]), *body[2:]]
    return [desk.line("emails", "greetings"), desk.line("emails", "occasions"), *body, desk.line("emails", "closes")]


def note(desk: Desk, mentioned: list[str], rng: Random) -> list[Turn]:
    """A seller's terse note."""
    body = [desk.about(key, "noted", rng) for key in mentioned]
    body += [desk.line("notes", "facts") for _ in range(rng.randint(1, 2))]
    rng.shuffle(body)
    return [*body, desk.line("notes", "next")]


def ticket(desk: Desk, mentioned: list[str], rng: Random) -> list[Turn]:
    body = [desk.about(key, "written", rng) for key in mentioned] or [desk.line("singular", "written")]
    ending = [desk.line("tickets", "details")] if rng.random() < 0.7 else []
    return [*body, *ending]


def review(desk: Desk, mentioned: list[str], rng: Random) -> list[Turn]:
    """An opinion in one paragraph."""
    body = [desk.about(key, "written", rng) for key in mentioned]
    body.insert(rng.randint(0, len(body)), desk.line("reviews", "opinions"))
    whole = body[0]
    for turn in body[1:]:
        whole = joined(whole, turn)
    return [whole]
