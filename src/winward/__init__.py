"""Winward turns what sales hears into product decisions that win customers, and checks that they did."""

__version__ = "0.1.0"
