"""A quote on paper: the words, and who said them where and when."""

from django.utils import timezone

from winward.faces.printed.sheet import Said
from winward.faces.web.templatetags.winward import day
from winward.usecases.quotes import Quote


def said(quote: Quote) -> Said:
    who = ", ".join(part for part in (quote.speaker or "Someone", quote.role, quote.account) if part)
    on = day(timezone.localdate(quote.happened_at)) if quote.happened_at else "no date"
    return Said(quote.words, f"{who}, {quote.document_kind} of {on}")
