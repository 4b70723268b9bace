"""Themes: signals that share one underlying need, found, named, joined and kept stable."""

from winward.engine.themes.discovery import Discovery, discover
from winward.engine.themes.identity import Identity, Lineage, keep_identity
from winward.engine.themes.joining import join, related_themes
from winward.engine.themes.naming import ThemeName, name_themes
from winward.engine.themes.neighbours import nearest

__all__ = [
    "Discovery",
    "Identity",
    "Lineage",
    "ThemeName",
    "discover",
    "join",
    "keep_identity",
    "name_themes",
    "nearest",
    "related_themes",
]
