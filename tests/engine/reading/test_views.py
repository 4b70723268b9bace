"""What a head for labels sees of a text: its prose, its first line, and lines that texts share."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from winward.engine.reading import label, learn
from winward.engine.reading.views import columns_of_views, have_parts, headline, prose

TICKET = """Export stops half way

### What happened
It stops at `row 400`, see [the log](https://example.com/log/1).
```
Traceback (most recent call last):
  File "export.py", line 7
```
0x7f3a 0x7f3b 0x7f3c 0x7f3d
0x8f3a 0x8f3b 0x8f3c 0x8f3d
<!-- please keep this line -->
"""


def silent(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.full((len(texts), 4), 0.5, np.float32)


def test_prose_leaves_out_code_logs_and_addresses_and_marks_where_they_stood() -> None:
    assert prose(TICKET).splitlines() == [
        "Export stops half way",
        "### What happened",
        "It stops at row 400, see the log.",
        "[code]",
        "[log]",
    ]
    assert prose("Nothing to leave out here.") == "Nothing to leave out here."
    assert headline("\n Export stops \nhalf way") == "Export stops"


def test_a_text_of_one_line_weighs_as_much_as_it_does_alone() -> None:
    columns = columns_of_views(["It stops half way", "It stops"], silent)
    dense = columns.vectors @ columns.vectors.T
    assert np.allclose(dense, dense[0, 0])
    assert columns.vectors.shape == (2, 12)


def test_only_texts_of_several_lines_have_parts() -> None:
    assert have_parts([TICKET, TICKET, "one line"])
    assert not have_parts(["one line", "another\n", TICKET])


def test_the_form_that_a_text_was_written_on_tells_its_label() -> None:
    random = np.random.default_rng(5)
    words = ["report", "opens", "slowly", "and", "our", "people", "wait", "for", "it", "every", "single", "day"]
    forms = {"bug": "What did you do?", "idea": "What should be there?"}
    labels = random.choice(list(forms), 120).tolist()
    texts = [
        f"{' '.join(random.permutation(words)[:5])}\n\n{forms[name]}\n{' '.join(random.permutation(words))}"
        for name in labels
    ]
    head, quality = learn(texts[:80], labels[:80], silent)
    assert head.parted
    assert quality.macro_f1 > 0.9
    assert label(head, texts[80:], silent)[0] == labels[80:]
