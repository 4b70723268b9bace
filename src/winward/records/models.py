"""Django looks for models here; each aggregate has a file of its own."""

from winward.records.accounts import Account, Contact, Owner, Product
from winward.records.company import Company, ExchangeRate
from winward.records.competitors import Competitor
from winward.records.deals import Deal, StageChange
from winward.records.decisions import Audit, Correction, SpeakerSide
from winward.records.documents import Document, Passage
from winward.records.imports import Import, ImportProblem, SavedMapping, Source
from winward.records.losses import Lesson, LossWarning
from winward.records.own_heads import OwnHeads
from winward.records.runs import Run
from winward.records.signals import Signal, SignalVector
from winward.records.stakes import Attribution, Stake, Weighing
from winward.records.themes import Area, Lineage, Placement, Theme, Theming

__all__ = [
    "Account",
    "Area",
    "Attribution",
    "Audit",
    "Company",
    "Competitor",
    "Contact",
    "Correction",
    "Deal",
    "Document",
    "ExchangeRate",
    "Import",
    "ImportProblem",
    "Lesson",
    "Lineage",
    "LossWarning",
    "OwnHeads",
    "Owner",
    "Passage",
    "Placement",
    "Product",
    "Run",
    "SavedMapping",
    "Signal",
    "SignalVector",
    "Source",
    "SpeakerSide",
    "StageChange",
    "Stake",
    "Theme",
    "Theming",
    "Weighing",
]
