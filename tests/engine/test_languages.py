import pytest

from winward.engine.languages import OTHER, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We can't export the data when the line is down, and that is not what you promised.", "english"),
        ("Wir können die Daten nicht exportieren, wenn das Netz weg ist, und das ist ein Problem.", "german"),
        ("Nous ne pouvons pas exporter les données quand la ligne est coupée.", "french"),
        ("No podemos exportar los datos cuando no hay red, y es un problema para el equipo.", "spanish"),
        ("Non possiamo esportare i dati quando la rete non funziona, è un problema per il team.", "italian"),
        ("Não podemos exportar os dados quando a rede não está disponível, isso é um problema.", "portuguese"),
        ("We kunnen de gegevens niet exporteren als het netwerk weg is, dat is een probleem.", "dutch"),
        ("Vi kan inte exportera data när nätet är nere, och det är ett problem för oss.", "swedish"),
        ("Emme voi viedä tietoja kun verkko ei toimi, ja se on ongelma meille.", "finnish"),
        ("Мы не можем выгрузить данные, когда нет сети, и это проблема для нас.", "russian"),
        ("私たちはデータをエクスポートできません。", OTHER),
        ("OK", "english"),
        ("", "english"),
        ("lorem ipsum dolor sit amet consectetur adipiscing elit", OTHER),
    ],
)
def test_a_text_is_told_by_its_small_words(text: str, language: str) -> None:
    assert language_of([text]) == language


def test_all_that_was_said_counts_together() -> None:
    assert language_of(["OK.", "Ja, das ist nicht gut für uns.", "Thanks!"]) == "german"
