"""Who sells and who buys is told by what they say, and only where both are plain."""

from winward.engine.reading.side import score, sides

SELLER = [
    "Thanks for joining. What is your team using at the moment, and how do you handle renewals?",
    "Our platform does that, and our other customers start with one region. Let me show you.",
    "I'll send you the proposal tomorrow. Any other questions?",
]
BUYER = [
    "We use spreadsheets today and our drivers hate them.",
    "Does your product support single sign-on? Our security team asks.",
    "How much does it cost? Our budget is fixed until March, and we need to get it past our board.",
]


def test_who_asks_about_you_and_shows_sells_and_who_speaks_of_us_buys() -> None:
    assert score(SELLER) > 2
    assert score(BUYER) < -2
    assert sides({"Tom": SELLER, "Jane": BUYER, "Max": ["Okay, thanks."]}) == {"Tom": "us", "Jane": "customer"}


def test_a_team_among_itself_has_no_sides() -> None:
    team = {"A": ["We should make the case yellow.", "Our users lose it."], "B": ["I think we need a second button."]}
    assert sides(team) == {}


def test_a_seller_alone_or_nobody_gives_no_sides() -> None:
    assert sides({"Tom": SELLER, "Ann": SELLER}) == {}
    assert sides({}) == {}
    assert score([]) == 0
