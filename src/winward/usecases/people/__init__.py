"""Whose yes is needed: where they stand and why, who is missing, and what to ask them."""
