"""Reading by a language model, where somebody configures one: redacted text out, quotes checked word for word."""

from winward.text_models.language.budget import BudgetReached, Estimate
from winward.text_models.language.cache import Cache, FolderCache
from winward.text_models.language.calls import Refused
from winward.text_models.language.conversation import Unavailable
from winward.text_models.language.prompt import PROMPT_VERSION
from winward.text_models.language.reader import LanguageReader, language_reader
from winward.text_models.language.report import Report
from winward.text_models.language.settings import Misconfigured, Settings, settings_from
from winward.text_models.language.wording import Evidence, Sentence, Wording, Writer, language_writer

__all__ = [
    "PROMPT_VERSION",
    "BudgetReached",
    "Cache",
    "Estimate",
    "Evidence",
    "FolderCache",
    "LanguageReader",
    "Misconfigured",
    "Refused",
    "Report",
    "Sentence",
    "Settings",
    "Unavailable",
    "Wording",
    "Writer",
    "language_reader",
    "language_writer",
    "settings_from",
]
