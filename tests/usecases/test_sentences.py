"""The sentences say what the numbers say, and no more."""

from winward.usecases import sentences


def test_a_costly_theme() -> None:
    said = sentences.stake("costs", 6, 23, -0.2, -0.31, -0.09)
    assert said == "We won 6 of 29 deals where this came up, 9 to 31 points less often than in similar deals."


def test_a_helpful_theme() -> None:
    said = sentences.stake("helps", 20, 9, 0.2, 0.1, 0.1)
    assert said == "We won 20 of 29 deals where this came up, 10 points more often than in similar deals."


def test_an_unclear_theme_says_how_many_deals_would_tell() -> None:
    said = sentences.stake("can't tell", 5, 6, -0.03, -0.18, 0.12, 60)
    assert said.startswith("Can't tell yet: we won 5 of 11 deals")
    assert "between 18 points less often and 12 points more often" in said
    assert said.endswith("; about 60 more closed deals would be needed.")


def test_a_theme_that_came_up_in_no_closed_deal() -> None:
    assert sentences.stake("can't tell", 0, 0, 0, -0.5, 0.5) == (
        "Can't tell yet: it has come up in no closed deal so far."
    )


def test_no_sentence_claims_a_cause() -> None:
    said = [sentences.stake(verdict, 3, 4, -0.1, -0.2, 0.1) for verdict in ("costs", "helps", "can't tell")]
    assert not any("because" in one or "cause" in one for one in said)


def test_counts_agree_with_their_nouns() -> None:
    assert sentences.record(1, 0) == "we won 1 of 1 deal (100%)."
    assert sentences.said_by(14, 9) == "said 14 times by 9 accounts"
    assert sentences.said_by(1, 1) == "said once by 1 account"


def test_an_interval_on_one_side_of_zero_may_still_be_chance() -> None:
    said = sentences.stake("can't tell", 1, 9, -0.2, -0.42, -0.05, 1300)
    assert "5 to 42 points less often, which among so many themes may be chance; about 1,300 more" in said
