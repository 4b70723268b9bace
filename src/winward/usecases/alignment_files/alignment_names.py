"""What an alignment's file calls themes, deals, documents and contacts, and what is called so here."""

import re
from collections.abc import Callable, Collection, Sequence

from django.db.models import Q
from django.utils import timezone

from winward.records.accounts import Contact
from winward.records.deals import Deal
from winward.records.documents import Document, Passage
from winward.records.themes import Theme

# What a theme is called, to its id. Raises Unknown.
Themes = Callable[[str | int], int]
DATED = re.compile(r"^(?P<title>.*) \((?P<day>\d{4}-\d{2}-\d{2})\)$", re.DOTALL)


class Unknown(ValueError):
    """Nothing here is called so, or several are."""


def theme_names(themes: Sequence[Theme]) -> list[str | int]:
    """By title, and by number where another theme has the same."""
    titles = [one.title for one in Theme.objects.filter(retired=False).only("name", "given_name")]
    return [one.title if titles.count(one.title) == 1 and one.title.strip() else one.pk for one in themes]


def theme_named(name: str | int) -> int:
    """Raises Unknown."""
    if isinstance(name, int):
        if not Theme.objects.filter(pk=name).exists():
            raise Unknown(f"there is no theme {name} here")
        return name
    rows = Theme.objects.filter(retired=False).only("name", "given_name")
    found = [one.pk for one in rows if one.title.casefold() == name.casefold()]
    return _only(found, f"theme “{name}”", "give its number")


def deal_name(deal: Deal) -> str:
    """As the CRM calls it, by its id."""
    return deal.external_id


def deal_named(name: str) -> int:
    found = Deal.objects.filter(external_id=name) or Deal.objects.filter(name=name)
    return _only([one.pk for one in found], f"deal “{name}”", "give its id in the CRM")


def document_name(document: Document) -> str:
    day = timezone.localdate(document.happened_at) if document.happened_at else None
    return f"{document.title} ({day})" if day else document.title


def document_named(name: str, quote: str) -> int:
    """Of several of one name the one in which the quote stands. Raises Unknown, and where the quote doesn't stand in
    it: nothing is quoted that wasn't said."""
    found = [one for one in _titled(name) if document_name(one) == name or one.title == name]
    holding = _holding([one.pk for one in found], quote)
    if found and quote and not holding:
        raise Unknown(f"“{quote[:60]}” doesn’t stand in “{name}”; a quote is a stretch of one passage, word for word")
    return _only(holding if quote else [one.pk for one in found], f"document “{name}”", "put its day in brackets")


def contact_name(contact: Contact) -> str:
    return contact.email or contact.name


def contact_named(name: str) -> int:
    found = Contact.objects.filter(Q(email__iexact=name) | Q(name__iexact=name)).values_list("pk", flat=True)
    return _only(list(found), f"contact “{name}”", "give the e-mail address")


def _titled(name: str) -> list[Document]:
    dated = DATED.match(name)
    titles = [name, dated["title"]] if dated else [name]
    return list(Document.objects.filter(title__in=titles).only("title", "happened_at"))


def _holding(documents: Collection[int], quote: str) -> list[int]:
    rows = Passage.objects.filter(document__in=documents, text__contains=quote) if quote else Passage.objects.none()
    return sorted(set(rows.values_list("document_id", flat=True)))


def _only(found: Sequence[int], what: str, instead: str) -> int:
    if not found:
        raise Unknown(f"there is no {what} here")
    if len(found) > 1:
        raise Unknown(f"{len(found)} here are the {what}; {instead}")
    return found[0]
