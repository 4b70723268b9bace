"""From a tactical gain to the business's bottom line."""
