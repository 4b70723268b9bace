"""In which language a text is written, told by its small words."""

import re
from collections import Counter
from collections.abc import Iterable

DEFAULT, OTHER = "english", "simple"
# Small words that are frequent in one language and rare in the others; under the names of PostgreSQL's text search.
STEMMED: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "english": "the and to of is that it for you we this with have not are was be they can",
        "german": "der die das und ist nicht wir ein eine für mit auf sie ich zu auch werden sich dem den",
        "french": "le les des est et une pour pas nous vous dans que qui sur avec ce mais être cette au",
        "spanish": "el los las una que es para con por pero como más está esto hay muy nos su del lo",
        "italian": "il che di è per non una sono con del della ma anche questo gli più come nel ci abbiamo",
        "portuguese": "o os uma não que é para com em por mas mais isso nós você está ao da do na",
        "dutch": "het een en van niet dat wij voor met zijn maar ook naar aan wordt bij deze we geen dit",
        "swedish": "och att det är som inte vi för på med av till ett kan om har var från jag men",
        "danish": "og at det er ikke som vi for på med af til et kan om har var fra jeg vores",
        "norwegian": "og å det er ikke som vi for på med av til et kan om har var fra jeg mye",
        "finnish": "ja on ei että se mutta kun niin myös ovat tai meillä voi tämä olemme joka jos nyt kuin ole",
        "russian": "и в не на что мы это с как по но для у нас есть было они так все бы",
    }.items()
}
WORD = re.compile(r"[^\W\d_]+")
# This much of a text is enough to tell by.
READ = 4_000
# Of a text's words at least this share must be small words of a language for it to be in that language.
SHARE = 0.08
# Shorter texts say too little.
FEWEST = 5


def language_of(texts: Iterable[str]) -> str:
    """The language of the texts together, one of STEMMED, or OTHER: then words are compared as they are written.

    What is too short to tell is DEFAULT where it is written in Latin letters, and OTHER where it isn't.
    """
    words = WORD.findall(_beginning(texts).casefold())
    if len(words) < FEWEST:
        return DEFAULT if all(word.isascii() for word in words) else OTHER
    counts = Counter(words)
    held = {name: sum(counts[word] for word in small) for name, small in STEMMED.items()}
    # The first of equals wins: danish before norwegian, which share most of their small words.
    best = max(held, key=held.__getitem__)
    return best if held[best] >= SHARE * len(words) else OTHER


def _beginning(texts: Iterable[str]) -> str:
    parts, length = [], 0
    for text in texts:
        parts.append(text[:READ])
        length += len(text)
        if length >= READ:
            break
    return "\n".join(parts)
