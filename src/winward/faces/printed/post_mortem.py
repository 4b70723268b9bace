"""The post-mortem of a lost deal as a sheet of paper."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from winward.faces.printed.sheet import Bar, Bars, Block, Grid, Said, Section, Sheet, Words
from winward.faces.web.templatetags.winward import day, money, percent
from winward.usecases.deal_people import Person
from winward.usecases.post_mortem import PostMortem
from winward.usecases.quotes import Quote
from winward.usecases.sentences import quoted

FOOT = (
    "A share is the part of the loss that goes with a theme over all deals; lines are 90% intervals from 0 to 100%; an "
    "empty point may be chance. An association proves no cause and judges nobody’s work."
)


def post_mortem_sheet(value: PostMortem) -> Sheet:
    sections = (
        Section("What is missing", tuple(Words(sentence) for sentence in value.missing)),
        Section("Stated and found", tuple(_stated(value))),
        Section("What goes with the loss", tuple(_shares(value))),
        Section("Where it turned", tuple(_turned(value))),
        Section("Who was there", tuple(_people(value))),
        Section("How it went", tuple(_course(value))),
        Section("Won deals most like it", tuple(_alike(value))),
        Section("What would have had to be true", (_condition(value),)),
        Section("The lesson", tuple(_lesson(value))),
    )
    shown = tuple(section for section in sections if section.blocks)
    return Sheet(value.row.name, value.sentence, _facts(value), shown, FOOT, "Post-mortem of a lost deal")


def _facts(value: PostMortem) -> str:
    row = value.row
    worth = money(row.value, value.currency) if row.value is not None else "value not known"
    known = (
        row.account,
        worth,
        row.segment,
        row.owner and f"owner {row.owner}",
        f"closed {day(row.closed_on)}",
        row.reference,
    )
    return " · ".join(part for part in known if part)


def _stated(value: PostMortem) -> Iterator[Block]:
    yield Words(value.stated.sentence)
    if value.stated.afterwards is not None:
        yield Words("Asked afterwards:", faint=True)
        yield _said(value.stated.afterwards)


def _shares(value: PostMortem) -> Iterator[Block]:
    shared = [one for one in value.costs if one.share]
    if shared:
        yield Bars(
            tuple(
                Bar(one.theme, one.share or 0.0, one.low, one.high, _share(one.share, one.low, one.high), one.clear)
                for one in shared
            )
        )
        yield Words(f"{percent(value.unexplained)} goes with no theme that came up.", faint=True)


def _share(share: float | None, low: float | None, high: float | None) -> str:
    return percent(share) if low is None or high is None else f"{percent(share)} ({percent(low)} to {percent(high)})"


def _turned(value: PostMortem) -> Iterator[Block]:
    for point in value.turning_points:
        yield Words(point.sentence, label=f"{_on(point.at)}:")
        if point.quote is not None:
            yield _said(point.quote)


def _people(value: PostMortem) -> Iterator[Block]:
    for one in value.people:
        if one.side != "us":
            yield Words(_did(one), label=f"{_who(one)}:")
            if one.quote is not None:
                yield Said(one.quote.words, _where(one.quote))
    ours = [f"{_who(one)} ({_said_so_much(one)})" for one in value.people if one.side == "us"]
    if ours:
        yield Words(f"Of us: {'; '.join(ours)}.")
    if value.never_heard:
        yield Words(f"Known to the CRM, but in nothing that is here: {'; '.join(value.never_heard)}.", faint=True)


def _who(one: Person) -> str:
    return f"{one.name}, {one.role}" if one.role else one.name


def _said_so_much(one: Person) -> str:
    return f"{percent(one.share)} of the words" if one.words else "said nothing that is here"


def _did(one: Person) -> str:
    cared = f"spoke of {quoted([theme.theme for theme in one.cared_about])}" if one.cared_about else ""
    leaning = f"{one.against} of {one.signals} remarks against, {one.in_favour} in favour" if one.signals else ""
    return "; ".join(part for part in (_said_so_much(one), cared, leaning) if part) + "."


def _course(value: PostMortem) -> Iterator[Block]:
    moments = value.course.moments
    if moments:
        rows = tuple(
            (day(one.on), f"{one.kind.capitalize()}: {one.what}{' (after the decision)' if one.after else ''}")
            for one in moments
        )
        yield Grid(("When", "What"), (2, 7), rows)
    if value.course.left_out:
        yield Words(f"{value.course.left_out} more talks are on the page.", faint=True)


def _alike(value: PostMortem) -> Iterator[Block]:
    yield Words(value.in_common, faint=True)
    for one in value.alike:
        differed = "; ".join(one.differed) or "nothing that is known"
        yield Words(
            f"Alike: {'; '.join(one.alike)}. What differed: {differed}.", label=f"{one.name}, {day(one.closed_on)}."
        )


def _condition(value: PostMortem) -> Block:
    return Words(value.condition.words or value.condition.computed)


def _lesson(value: PostMortem) -> Iterator[Block]:
    lesson = value.lesson
    if lesson is None or not lesson.text:
        yield Words("None was taken yet. What will we do otherwise, who sees to it, and by when?")
        return
    yield Words(lesson.text)
    yield Words(f"{lesson.owner or 'Nobody'} owns it; it is {lesson.state}.", faint=True)


def _said(quote: Quote) -> Said:
    who = ", ".join(part for part in (quote.speaker or "Someone", quote.role) if part)
    return Said(quote.words, f"{who}, {_where(quote)}")


def _where(quote: Quote) -> str:
    return f"{quote.document_kind} of {_on(quote.happened_at)}"


def _on(at: datetime | None) -> str:
    return day(timezone.localdate(at) if at else None)
