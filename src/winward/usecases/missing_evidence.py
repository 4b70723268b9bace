"""What is not known of a lost deal, and what to bring in so that its post-mortem says more."""

from collections.abc import Iterator, Sequence

from winward.records.deals import Deal, StageChange
from winward.records.documents import Document
from winward.records.stakes import Weighing
from winward.usecases.deal_shares import Cost
from winward.usecases.heard import Heard

NO_DOCUMENT = "No call, mail or note belongs to this deal yet: bring them in, or link those that wait for a person."
NOTHING_BEFORE = "Nothing from before the decision could be quoted: a call or a mail from then would say most."
NO_DAY = "The CRM lacks the day on which it began or closed."
NO_STAGES = "The CRM’s export holds no history of its stages."
NOT_WEIGHED = "Nothing was weighed yet: the next run says what goes with losing."
NO_SHARE = "None of its themes has a share of the loss: none goes with losing, or they came up after the last run."


def missing_evidence(deal: Deal, heard: Heard, found: Sequence[Cost]) -> tuple[str, ...]:
    """A sentence for each gap, the widest first."""
    return (*_of_documents(deal, heard), *_of_weighing(found), *_of_the_crm(deal))


def _of_documents(deal: Deal, heard: Heard) -> Iterator[str]:
    documents = Document.objects.filter(deal=deal)
    if not documents.exists():
        yield NO_DOCUMENT
        return
    unread = documents.filter(read_by="").count()
    if unread:
        yield f"{unread} of its documents {'waits' if unread == 1 else 'wait'} to be read: the next run does that."
    if not heard.before and not unread:
        yield NOTHING_BEFORE


def _of_weighing(found: Sequence[Cost]) -> Iterator[str]:
    if not Weighing.objects.exists():
        yield NOT_WEIGHED
    elif found and all(one.share is None for one in found):
        yield NO_SHARE


def _of_the_crm(deal: Deal) -> Iterator[str]:
    if deal.value is None:
        why = deal.value_note or "no amount in the CRM"
        yield f"Its value is not known ({why}), so that shares are in percent alone."
    if deal.closed_on is None or deal.created_on is None:
        yield NO_DAY
    if not StageChange.objects.filter(deal=deal).exists():
        yield NO_STAGES
