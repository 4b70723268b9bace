"""Mutual action plans, counted back from the customer's day."""
