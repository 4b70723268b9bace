"""Initiatives: begun from themes, what they are worth, when they are needed, what may go wrong and what is next."""
