"""The eleven kinds of signal, in the order in which arrays of probabilities hold them."""

KINDS = (
    "need",
    "pain",
    "request",
    "objection",
    "competitor",
    "price",
    "praise",
    "risk",
    "decision",
    "commitment",
    "question",
)
