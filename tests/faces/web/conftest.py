import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.aligning import aligning as aligning
from tests.cast import cast as cast
from tests.cast import editor as editor
from tests.cast import quick_passwords as quick_passwords
from tests.cast import viewer as viewer


@pytest.fixture
def as_editor(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def as_viewer(client: Client, viewer: User) -> Client:
    client.force_login(viewer)
    return client


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Each test's rows are rolled back, and so must be what was drawn from them."""
    cache.clear()
