"""Calls and interviews, composed from a plan: pleasantries, agenda, discovery, themes, price, next steps."""

from random import Random

from winward.sample.company import Account, Company, Deal, Person
from winward.sample.material import Exchange, lines
from winward.sample.speech import Turn, Words, facts, joined, themed_turn

FEWEST_TURNS = 8


class Table:
    """The people around one conversation and the words between them."""

    def __init__(self, company: Company, account: Account, deal: Deal | None, words: Words, rng: Random) -> None:
        self.account, self.words, self.rng = account, words, rng
        seller = deal.owner if deal else rng.choice(company.colleagues("customer success"))
        self.us = [seller, rng.choice(company.colleagues("solution engineer"))]
        champion, *rest = account.contacts
        self.they = [champion, *rng.sample(rest, rng.choice((1, 1, 2)))]
        self._facts = facts(deal, account, self.us[0], self.they[0], self.they[1])

    @property
    def people(self) -> list[Person]:
        return [*self.us, *self.they]

    def say(self, speaker: Person, text: str) -> Turn:
        return Turn(speaker, text.format_map(self._facts))

    def play(self, exchange: Exchange) -> list[Turn]:
        seats = {"us": self.us[0], "us2": self.us[1], "they": self.they[0], "other": self.they[1]}
        return [self.say(seats[voice], text) for voice, text in exchange.turns]

    def block(self, file: str, heading: str) -> list[Turn]:
        return self.play(self.words.exchange(file, heading, self.account))

    def perhaps(self, file: str, heading: str, chance: float) -> list[list[Turn]]:
        return [self.block(file, heading)] if self.rng.random() < chance else []

    def line(self, speaker: Person, file: str, heading: str) -> Turn:
        return self.say(speaker, self.words.line(file, heading, self.account).text)

    def ask(self, topic: str) -> list[Turn]:
        return [
            self.line(self.us[0], "discovery", f"ask {topic}"),
            self.line(self.rng.choice(self.they[:2]), "discovery", f"answer {topic}"),
        ]

    def theme(self, key: str, form: str, count: int) -> list[Turn]:
        """`count` things said about the theme, with what our side has to say in between."""
        turns: list[Turn] = []
        if self.rng.random() < 0.3:
            turns.append(self.line(self.us[0], "ours", "prompts" if form == "spoken" else "prompts after"))
        for place in range(count):
            turns.append(self._remark(key, form, in_plain_words=form == "spoken" and place == 0))
            answer = self._answer(key, form)
            if answer is not None:
                turns.append(answer)
        return turns

    def _remark(self, key: str, form: str, in_plain_words: bool) -> Turn:
        """A remark about the theme; the first one before the decision also says the point in one plain sentence."""
        speaker = self.rng.choice(self.they)
        turn = themed_turn(speaker, key, self.words.about(key, form, self.account), self.rng, spoken=True)
        if in_plain_words:
            core = themed_turn(speaker, key, self.words.about(key, "core", self.account), self.rng, spoken=False)
            turn = joined(core, turn) if self.rng.random() < 0.5 else joined(turn, core)
        if self.rng.random() < 0.15:
            turn = joined(self.line(speaker, "fragments", "openers"), turn)
        if self.rng.random() < 0.1:
            turn = joined(turn, self.line(speaker, "fragments", "trailing"))
        return turn

    def _answer(self, key: str, form: str) -> Turn | None:
        """Looking back nobody sells any more, so the interviewer only reacts."""
        chance = self.rng.random()
        if chance < 0.3 and form == "spoken":
            return self.say(self.rng.choice(self.us), self.words.about(key, "ours", self.account).text)
        reactions = "reactions" if form == "spoken" else "reactions after"
        return self.line(self.us[0], "ours", reactions) if chance < 0.85 else None


def call(table: Table, mentioned: list[tuple[str, int]], is_first: bool) -> list[Turn]:
    """A sales call. mentioned: (theme key, how many remarks about it). Returns 8 to about 40 turns."""
    rng = table.rng
    extra = rng.choices((0, 1, 3), weights=(30, 50, 20))[0]
    topics = sorted({heading.removeprefix("ask ") for heading in lines("discovery") if heading.startswith("ask ")})
    questions = [table.ask(topic) for topic in rng.sample(topics, is_first + min(extra, 2))]
    middle = [table.theme(key, "spoken", count) for key, count in mentioned]
    middle += [_singular(table) for _ in range(rng.randint(0, 2) + extra // 2)]
    middle += [
        [table.line(rng.choice(table.us), "ours", "explanations")] for _ in range(rng.randint(0, 1 + extra // 2))
    ]
    middle += table.perhaps("demo", "demo", 0.2 + 0.1 * extra)
    while sum(map(len, (*questions, *middle))) < FEWEST_TURNS:
        questions.append(table.ask(rng.choice(topics)))
    rng.shuffle(middle)
    closing = [*table.perhaps("pricing", "pricing", 0.15 + 0.1 * extra), *table.perhaps("closing", "closing", 0.55)]
    return [turn for block in (*_opening(table, extra), *questions, *middle, *closing) for turn in block]


def interview(table: Table, mentioned: list[tuple[str, int]], outcome: str, said_price: bool) -> list[Turn]:
    """A talk held after the decision, about how it came about."""
    looking_back = [table.theme(key, "after", count) for key, count in mentioned]
    if said_price:
        looking_back.insert(min(1, len(looking_back)), table.block("interviews", "not the price"))
    middle = [table.block("interviews", "process") for _ in range(table.rng.randint(2, 3))]
    blocks = [
        table.block("interviews", "opening"),
        *middle,
        *looking_back,
        table.block("interviews", outcome),
        table.block("interviews", "closing"),
    ]
    return [turn for block in blocks for turn in block]


def _opening(table: Table, extra: int) -> list[list[Turn]]:
    """Some recordings start late, and have none."""
    return [
        *table.perhaps("small_talk", "hello", 0.6),
        *table.perhaps("small_talk", "chat", 0.25 + 0.15 * extra),
        *table.perhaps("small_talk", "agenda", 0.1 + 0.1 * extra),
    ]


def _singular(table: Table) -> list[Turn]:
    """A remark that belongs to no theme, and the short answer to it."""
    speaker = table.rng.choice(table.they)
    remark = table.line(speaker, "singular", "spoken")
    return [remark, table.line(table.us[0], "ours", "noncommittal")]
