"""One signal, and who else says so: the walk from quote to quote."""

from collections.abc import Sequence
from dataclasses import dataclass

from winward.records.documents import Passage
from winward.records.related_rows import Filters
from winward.records.signals import Signal
from winward.usecases.quotes import NotFound, Quote, quotes_in_order
from winward.usecases.related import Related, related_to

# Which of the related one asks for, and what it is called.
ONLY = {
    "theme": "same theme",
    "others": "other accounts",
    "lost": "deals we lost",
    "won": "deals we won",
    "open": "open deals",
}


@dataclass(frozen=True, slots=True)
class SignalPage:
    """before, after: the text of the passage around the quote. same: others who say nearly the same words; said: how
    often that is in all. related: without those walked through. only: the choices that ask for something."""

    quote: Quote
    before: str
    after: str
    same: tuple[Quote, ...]
    said: str
    related: tuple[Related, ...]
    trail: tuple[Quote, ...]
    only: tuple[str, ...]


def show_signal(signal_id: int, trail: Sequence[int] = (), only: str = "") -> SignalPage:
    """trail: the signals that were walked through to come here. only: one of ONLY. Raises NotFound and ValueError."""
    if only and only not in ONLY:
        raise ValueError(f"“{only}” is none of {', '.join(ONLY)}.")
    signal = Signal.objects.filter(pk=signal_id).only("start", "end", "passage_id").first()
    if signal is None:
        raise NotFound(f"There is no signal {signal_id}.")
    by_id = {quote.signal: quote for quote in quotes_in_order({signal_id, *trail})}
    quote = by_id[signal_id]
    found = related_to(signal_id, _filters(quote, only), trail)
    text = Passage.objects.values_list("text", flat=True).get(pk=signal.passage_id)
    own = found.own
    return SignalPage(
        quote=quote,
        before=text[: signal.start],
        after=text[signal.end :],
        same=own.repeats if own else (),
        said=own.said if own and own.times > 1 else "",
        related=found.others,
        trail=tuple(by_id[step] for step in trail if step in by_id),
        only=_choices(quote),
    )


def _choices(quote: Quote) -> tuple[str, ...]:
    missing = {"theme": quote.theme_id is None, "others": quote.account_id is None}
    return tuple(name for name in ONLY if not missing.get(name))


def _filters(quote: Quote, only: str) -> Filters:
    if only == "theme":
        # Of a signal without a theme nothing shares the theme.
        return Filters(theme=quote.theme_id or 0)
    if only == "others":
        return Filters(besides=quote.account_id) if quote.account_id is not None else Filters()
    return Filters(deal_state=only)
