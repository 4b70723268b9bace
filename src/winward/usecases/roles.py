"""Who may do what: viewers read, contributors also bring evidence, editors also decide, admins also manage people."""

from typing import Literal

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

Role = Literal["viewer", "contributor", "editor", "admin"]
ROLES: tuple[Role, ...] = ("viewer", "contributor", "editor", "admin")


def ensure_roles() -> None:
    """A group for each role; those that are there stay."""
    for role in ROLES:
        Group.objects.get_or_create(name=role)


@transaction.atomic
def add_user(name: str, password: str, role: Role) -> User:
    """Raises ValidationError for a weak password, IntegrityError for a name that is taken."""
    ensure_roles()
    user = User(username=name)
    validate_password(password, user)
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=role)])
    return user


def role_of(user: AbstractBaseUser | AnonymousUser) -> Role:
    """The strongest role that the user has; who has none may read."""
    if not isinstance(user, User):
        return "viewer"
    if user.is_superuser:
        return "admin"
    held = set(user.groups.values_list("name", flat=True))
    return next((role for role in reversed(ROLES) if role in held), "viewer")


def may(role: Role, needed: Role) -> bool:
    return ROLES.index(role) >= ROLES.index(needed)
