"""init: the company's row and the first person."""

from collections.abc import Sequence

from django.contrib.auth.models import Group, User
from django.db import transaction

from winward.records.company import Company
from winward.usecases.roles import Role, add_user, ensure_roles


@transaction.atomic
def prepare(name: str, currency: str, domains: Sequence[str], about: str = "", redact: bool = False) -> Company:
    """Write what a workspace begins with. One that has begun keeps its name and its currency."""
    defaults = {
        "name": name,
        "currency": currency,
        "domains": [d.lower() for d in domains],
        "about": about,
        "redact": redact,
    }
    ensure_roles()
    return Company.objects.get_or_create(pk=1, defaults=defaults)[0]


def has_admin() -> bool:
    return User.objects.filter(groups__name="admin").exists()


@transaction.atomic
def set_user(name: str, password: str, role: Role) -> None:
    """Add a person, or give the one of that name this password and role."""
    existing = User.objects.filter(username=name).first()
    if existing is None:
        add_user(name, password, role)
        return
    existing.set_password(password)
    existing.save()
    existing.groups.set([Group.objects.get(name=role)])
