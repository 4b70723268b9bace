"""Django looks for models here; each aggregate has a file of its own."""

from winward.records.accounts import Account, Contact, Owner, Product
from winward.records.company import Company, ExchangeRate
from winward.records.deals import Deal, StageChange
from winward.records.decisions import Audit, Correction
from winward.records.documents import Document, Passage
from winward.records.imports import Import, ImportProblem, SavedMapping, Source
from winward.records.runs import Run
from winward.records.signals import Signal
from winward.records.stakes import Attribution, Stake, Weighing
from winward.records.themes import Lineage, Theme, Theming

__all__ = [
    "Account",
    "Attribution",
    "Audit",
    "Company",
    "Contact",
    "Correction",
    "Deal",
    "Document",
    "ExchangeRate",
    "Import",
    "ImportProblem",
    "Lineage",
    "Owner",
    "Passage",
    "Product",
    "Run",
    "SavedMapping",
    "Signal",
    "Source",
    "StageChange",
    "Stake",
    "Theme",
    "Theming",
    "Weighing",
]
