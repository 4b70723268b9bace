"""An initiative with all that belongs to it as a file, and back."""
