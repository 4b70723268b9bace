"""Django looks for models here; each aggregate has a file of its own."""

from winward.records.accounts import Account, Contact, Owner, Product
from winward.records.action_plans import ActionPlan, PlanLink, PlanStep
from winward.records.agreements import Agreement, Option, Term
from winward.records.company import Company, ExchangeRate
from winward.records.competitors import Competitor
from winward.records.deals import Deal, StageChange
from winward.records.decisions import Audit, Correction, SpeakerSide
from winward.records.documents import Document, Passage
from winward.records.imports import Import, ImportProblem, SavedMapping, Source
from winward.records.initiatives import Initiative, Risk, Step
from winward.records.losses import Lesson, LossWarning
from winward.records.own_heads import OwnHeads
from winward.records.runs import Run
from winward.records.signals import Signal, SignalVector
from winward.records.stakeholders import Ground, Question, Seat, Stakeholder, Stance
from winward.records.stakes import Attribution, Stake, Weighing
from winward.records.themes import Area, Lineage, Placement, Theme, Theming
from winward.records.value_chains import ValueChain

__all__ = [
    "Account",
    "ActionPlan",
    "Agreement",
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
    "Ground",
    "Import",
    "ImportProblem",
    "Initiative",
    "Lesson",
    "Lineage",
    "LossWarning",
    "Option",
    "OwnHeads",
    "Owner",
    "Passage",
    "Placement",
    "PlanLink",
    "PlanStep",
    "Product",
    "Question",
    "Risk",
    "Run",
    "SavedMapping",
    "Seat",
    "Signal",
    "SignalVector",
    "Source",
    "SpeakerSide",
    "StageChange",
    "Stake",
    "Stakeholder",
    "Stance",
    "Step",
    "Term",
    "Theme",
    "Theming",
    "ValueChain",
    "Weighing",
]
