"""Word lists, written as they read."""


def vocabulary(words: str) -> frozenset[str]:
    return frozenset(words.split())
