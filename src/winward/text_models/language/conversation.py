"""All requests about one batch: some at a time, each answer kept at once."""

import asyncio
from collections.abc import Callable, Iterator, Sequence

from winward.text_models.language.answers import Claims, Malformed, read_answer
from winward.text_models.language.budget import BudgetReached, estimated
from winward.text_models.language.cache import Cache
from winward.text_models.language.calls import Asked, Failed, Line, Refused, TurnedDown
from winward.text_models.language.prompt import SCHEMA, SYSTEM, Sent, user_message
from winward.text_models.language.questions import Question, requests
from winward.text_models.language.report import Report
from winward.text_models.language.settings import Settings

# Claims by the key of the question.
Answers = dict[str, Claims]
# (passages answered, passages to be asked about), of the batch that is being read.
OnAnswered = Callable[[int, int], None]

# A provider that fails so many requests in a row is down; one that turns down so many can't do what is asked. Far
# fewer may be turned down for what a passage and its neighbours say.
_MOST_FAILURES = 3
_MOST_TURNED_DOWN = 10


class Unavailable(RuntimeError):
    """The provider fails one request after the other, each asked again and again."""


class Conversation:
    """The first error that ends it lets the requests under way come to their end, since they are paid for."""

    def __init__(self, settings: Settings, line: Line, cache: Cache, report: Report, on_answered: OnAnswered) -> None:
        self._settings = settings
        self._line = line
        self._cache = cache
        self._report = report
        self._on_answered = on_answered
        self._failures = 0
        self._ended: Exception | None = None

    async def hold(self, asked: Sequence[Question]) -> Answers:
        """Asks about several passages at once, and once more, each by itself, about those left without an answer: what
        spoils the answer to one passage can't spoil another's twice. Raises BudgetReached, Refused and Unavailable."""
        answers: Answers = {}
        async with self._line.open():
            await self._ask_all(requests(asked, self._settings.passages_per_request), answers, len(asked))
            left = [question for question in asked if question.key not in answers]
            await self._ask_all(([question] for question in left), answers, len(asked))
        return answers

    async def _ask_all(self, waiting: Iterator[list[Question]], answers: Answers, total: int) -> None:
        await asyncio.gather(*(self._work(waiting, answers, total) for _ in range(self._settings.concurrency)))
        if self._ended:
            raise self._ended

    async def _work(self, waiting: Iterator[list[Question]], answers: Answers, total: int) -> None:
        while not self._ended and (request := next(waiting, None)):
            try:
                answers.update(await self._ask(request))
            except (BudgetReached, Refused, Unavailable) as error:
                self._ended = self._ended or error
            else:
                self._on_answered(len(answers), total)

    async def _ask(self, request: list[Question]) -> Answers:
        try:
            text = await self._line.ask(_asked([question.sent for question in request]))
        except Failed as failed:
            self._report.failed += 1
            self._failures += 1
            if self._failures >= (_MOST_TURNED_DOWN if isinstance(failed, TurnedDown) else _MOST_FAILURES):
                raise Unavailable(
                    f"{failed}; {self._failures} requests in a row have failed: run again later"
                ) from None
            return {}
        self._failures = 0
        try:
            claims = read_answer(text, len(request))
        except Malformed:
            self._report.malformed += 1
            return {}
        return {request[place].key: self._kept(request[place], claimed) for place, claimed in claims.items()}

    def _kept(self, question: Question, claims: Claims) -> Claims:
        self._cache.put(question.key, claims.packed())
        self._report.answered += 1
        return claims


def _asked(passages: Sequence[Sent]) -> Asked:
    return Asked(SYSTEM, user_message(passages), "signals", SCHEMA, estimated(passages))
