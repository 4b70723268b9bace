"""The command line. Importing this module is quick; each command loads what it needs."""

from winward.faces.cli.app import main

__all__ = ["main"]
