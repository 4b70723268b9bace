"""An initiative on one sheet of paper, for those whose yes it needs."""

from collections.abc import Iterator

from winward.faces.printed.quotes import said
from winward.faces.printed.sheet import Block, Grid, Section, Sheet, Words
from winward.faces.web.templatetags.winward import day, money
from winward.usecases.initiatives.alignment_brief import AlignmentBrief, Wants
from winward.usecases.quotes import Quote

QUOTES_SHOWN, THEMES_SHOWN, MOVES_SHOWN = 3, 4, 2
QUOTES = "In customers’ words"
FOOT = (
    "Losses are associated with a theme, not proven to be caused by it; ranges hold nine times in ten. Who gains and "
    "who gives is told from what each ranked."
)


def alignment_sheet(brief: AlignmentBrief) -> Sheet:
    sections = (
        Section("The decision asked", (Words(brief.decision),)),
        Section("What customers need", tuple(_need(brief))),
        Section(QUOTES, tuple(said(quote) for quote in shown_quotes(brief))),
        Section("What we propose", tuple(_proposal(brief))),
        Section("Who needs what", tuple(_people(brief))),
        Section("What each gains and gives", tuple(_trades(brief))),
        Section("What may go wrong", tuple(_risks(brief))),
        Section("By when", tuple(_timeline(brief))),
    )
    shown = tuple(section for section in sections if section.blocks)
    return Sheet(brief.page.name, _sentence(brief), _facts(brief), shown, FOOT, "Alignment brief")


def shown_quotes(brief: AlignmentBrief) -> tuple[Quote, ...]:
    return brief.page.quotes[:QUOTES_SHOWN]


def _sentence(brief: AlignmentBrief) -> str:
    return f"{brief.page.needed.sentence} {brief.page.sentence}"


def _facts(brief: AlignmentBrief) -> str:
    page = brief.page
    known = (
        page.state,
        f"owner {page.owner}" if page.owner else "no owner yet",
        page.goal and f"goal: {page.goal}",
        page.metric and f"metric: {page.metric}",
        f"effort {page.effort.low:.0f} to {page.effort.high:.0f} person-weeks" if page.effort else "",
    )
    return " · ".join(part for part in known if part)


def _need(brief: AlignmentBrief) -> Iterator[Block]:
    page = brief.page
    if page.need:
        yield Words(page.need)
    for row in page.themes[:THEMES_SHOWN]:
        open_deals = f" {money(row.open_value, page.currency)} is open with it." if row.open_value else ""
        yield Words(f"{row.sentence}{open_deals}", label=f"{row.title}:")
    if brief.worth is not None:
        yield Words(brief.worth.worth.sentence, label="What it is worth:")


def _proposal(brief: AlignmentBrief) -> Iterator[Block]:
    if brief.page.hypothesis:
        yield Words(brief.page.hypothesis)
    yield Words(brief.proposed.sentence, faint=True)
    if brief.proposed.package:
        yield Grid(("Term", "Option"), (2, 3), brief.proposed.package)


def _people(brief: AlignmentBrief) -> Iterator[Block]:
    if brief.wants:
        rows = tuple((one.seat.described, one.seat.part, one.seat.stance_words, _moved_by(one)) for one in brief.wants)
        yield Grid(("Who", "Part", "Stands", "What moves them"), (5, 3, 3, 6), rows)


def _moved_by(one: Wants) -> str:
    known = [*one.moves[:MOVES_SHOWN], *([one.seat.metric] if one.seat.metric and not one.moves else [])]
    return "; ".join(known) or "not known"


def _trades(brief: AlignmentBrief) -> Iterator[Block]:
    return (Words(one.says) for one in brief.wants if one.says)


def _risks(brief: AlignmentBrief) -> Iterator[Block]:
    for risk in brief.risks:
        reduced = f" Reduced by: {risk.reduced}." if risk.reduced else " Nothing is said yet of how it is reduced."
        state = (
            "It has come true." if risk.state == "fired" else f"Likelihood {risk.likelihood}, effect {risk.severity}."
        )
        yield Words(f"{state}{reduced}" + (f" {risk.owner} watches it." if risk.owner else ""), label=f"{risk.what}:")


def _timeline(brief: AlignmentBrief) -> Iterator[Block]:
    if brief.timeline:
        yield Grid(("Day", "What"), (2, 7), tuple((day(one.on), one.what) for one in brief.timeline))
