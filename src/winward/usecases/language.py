"""The language model reader of this workspace, where the environment configures one, and what it would cost."""

import os
from pathlib import Path

from django.conf import settings
from platformdirs import user_cache_path

from winward.engine.reading import Reader
from winward.records import signal_rows
from winward.text_models.language import (
    Estimate,
    FolderCache,
    LanguageReader,
    Writer,
    language_reader,
    language_writer,
    settings_from,
)
from winward.usecases.passages import batch_of
from winward.usecases.redacting import everybody, pseudonyms
from winward.workspace import Workspace


def language_model(embedded: Reader) -> LanguageReader | None:
    """None where WINWARD_LANGUAGE_MODEL names no model. Answers are kept in the workspace. Raises Misconfigured."""
    configured = settings_from(os.environ)
    if configured is None:
        return None
    return language_reader(configured, embedded, FolderCache(_kept_answers()), everybody(), pseudonyms())


def answer_writer() -> Writer | None:
    """What words answers; None where WINWARD_LANGUAGE_MODEL names no model. Raises Misconfigured."""
    configured = settings_from(os.environ)
    if configured is None:
        return None
    return language_writer(configured, FolderCache(_kept_answers()), everybody(), pseudonyms())


def _kept_answers() -> Path:
    """In the workspace's folder; in the user's own where the workspace is but a database elsewhere."""
    workspace: Workspace | None = settings.WORKSPACE
    return workspace.folder / "answers" if workspace else user_cache_path("winward") / "answers"


def expected_cost(reader: LanguageReader) -> Estimate:
    """What reading everything that waits would ask for and cost. Sends nothing."""
    parts = [reader.estimate(batch_of(unread)) for unread in signal_rows.unread(reader.version)]
    return Estimate(
        requests=sum(part.requests for part in parts),
        tokens_in=sum(part.tokens_in for part in parts),
        tokens_out=sum(part.tokens_out for part in parts),
        money=sum(part.money for part in parts),
    )
