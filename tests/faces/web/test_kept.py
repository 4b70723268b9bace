"""What is drawn once is drawn anew as soon as anything that it shows has changed."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from winward.records.stakes import Stake, Weighing
from winward.usecases import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.mark.parametrize("address", ["/", "/themes/", "/themes/{theme}/", "/deals/?state=lost", "/signals/"])
def test_the_second_look_asks_only_for_the_state(
    client: Client, cast: Cast, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = address.format(theme=cast.export.pk)
    first = client.get(address)
    with django_assert_max_num_queries(5):
        second = client.get(address)
    assert first.status_code == second.status_code == 200


def test_a_decision_and_a_weighing_show_at_once(client: Client, cast: Cast) -> None:
    client.get("/themes/")
    decide.rename_theme(cast.export.pk, "Ledger export", by="casey")
    assert "Ledger export" in client.get("/themes/").content.decode()
    Stake.objects.filter(theme=cast.export).update(accounts=4321)
    Weighing.objects.update(at=timezone.now())
    assert "4321" in client.get("/themes/").content.decode()
