"""The embedded sentence model and the reading heads that ship with it."""

from winward.text_models.embedded import DamagedModel, EmbeddedModel
from winward.text_models.shipped import default_reader

__all__ = ["DamagedModel", "EmbeddedModel", "default_reader"]
