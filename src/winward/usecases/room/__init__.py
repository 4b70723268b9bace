"""What can everyone live with: terms, positions, packages, and what was agreed."""
