"""Themes: signals that share one underlying need, found, named, joined and kept stable."""

from winward.engine.themes.discovery import Discovery, discover
from winward.engine.themes.heaps import heaps
from winward.engine.themes.identity import Lineage, keep_identity, lineage
from winward.engine.themes.joining import join
from winward.engine.themes.naming import ThemeName, name_themes
from winward.engine.themes.neighbours import nearest
from winward.engine.themes.placing import Measured, Shaped, areas_of, measure, nearer, shape
from winward.engine.themes.resolution import Before

__all__ = [
    "Before",
    "Discovery",
    "Lineage",
    "Measured",
    "Shaped",
    "ThemeName",
    "areas_of",
    "discover",
    "heaps",
    "join",
    "keep_identity",
    "lineage",
    "measure",
    "name_themes",
    "nearer",
    "nearest",
    "shape",
]
