import subprocess
import sys

import pytest

from winward.text_models.language import Misconfigured, Settings, settings_from


def test_without_a_model_there_is_no_language_reader() -> None:
    assert settings_from({}) is None
    assert settings_from({"WINWARD_LANGUAGE_KEY": "k"}) is None


def test_settings_come_from_the_environment_and_the_key_is_not_shown() -> None:
    environment = {
        "WINWARD_LANGUAGE_MODEL": "llama3.1", "WINWARD_LANGUAGE_PROVIDER": "ollama", "WINWARD_LANGUAGE_KEY": "sesame",
        "WINWARD_LANGUAGE_PRICE_IN": "0.15", "WINWARD_LANGUAGE_PRICE_OUT": "0.6", "WINWARD_LANGUAGE_MOST_MONEY": "5",
        "WINWARD_LANGUAGE_MOST_TOKENS": "1000000", "WINWARD_LANGUAGE_CONCURRENCY": "2",
    }  # fmt: skip
    settings = settings_from(environment)
    assert settings == Settings(
        "ollama",
        "llama3.1",
        key="sesame",
        price_in=0.15,
        price_out=0.6,
        most_money=5.0,
        most_tokens=1_000_000,
        concurrency=2,
    )
    assert "sesame" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PROVIDER", "acme", "openai, anthropic or ollama"),
        ("STRUCTURE", "loose", "native or prompted"),
        ("PRICE_IN", "cheap", "PRICE_IN is a number"),
        ("MOST_MONEY", "5", "needs the prices"),
        ("CONCURRENCY", "-1", "at least 1"),
    ],
)
def test_what_makes_no_sense_is_told_plainly(name: str, value: str, told: str) -> None:
    with pytest.raises(Misconfigured, match=told):
        settings_from({"WINWARD_LANGUAGE_MODEL": "m", f"WINWARD_LANGUAGE_{name}": value})


def test_importing_the_reader_does_not_load_the_providers() -> None:
    heavy = "{'pydantic_ai', 'openai', 'anthropic'}"
    code = f"import sys, winward.text_models.language; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
