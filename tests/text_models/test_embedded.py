import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from winward.text_models import DamagedModel, EmbeddedModel
from winward.text_models.embedded import MODEL_FOLDER

TEXTS = ["Export to Excel loses the dates.", "Dates are lost in the spreadsheet export.", "We met at the station.", "?"]


@pytest.fixture(scope="module")
def model() -> EmbeddedModel:
    return EmbeddedModel(threads=1)


def test_vectors_have_unit_length_and_come_in_the_order_of_the_texts(model: EmbeddedModel) -> None:
    vectors = model.embed(TEXTS)
    assert vectors.shape == (4, model.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", "?", *TEXTS[:2], "So the thing is , uh , " * 12])
@pytest.mark.parametrize("company", [1, 2, 40])
def test_a_vector_is_the_same_in_any_company(model: EmbeddedModel, text: str, company: int) -> None:
    others = [f"{TEXTS[number % 3]} " * (1 + number % 7) for number in range(company)]
    assert np.array_equal(model.depths([text])[0], model.depths([*others, text])[-1])


def test_depths_are_the_vectors_and_the_fourth_layer_beside_them(model: EmbeddedModel) -> None:
    depths = model.depths(TEXTS)
    assert depths.shape == (4, 768)
    assert np.array_equal(depths[:, :384], model.embed(TEXTS))
    assert np.allclose(np.linalg.norm(depths[:, 384:], axis=1), 1, atol=1e-5)


def test_a_vector_is_the_same_on_any_number_of_threads(model: EmbeddedModel) -> None:
    texts = [f"{text} And then {number} more." for text in TEXTS for number in range(20)]
    assert np.array_equal(model.embed(texts), EmbeddedModel(threads=2).embed(texts))


def test_vectors_lie_near_those_of_the_whole_model(model: EmbeddedModel) -> None:
    """Beside this file: what PyTorch's own export of the weights in 32-bit floats gave."""
    stored = np.load(Path(__file__).with_name("fp32_vectors.npz"))
    depths = model.depths(list(stored["texts"]))
    for ours, theirs in ((depths[:, :384], stored["vectors"]), (depths[:, 384:], stored["shades"])):
        cosines = (ours * theirs).sum(axis=1)
        assert cosines.mean() > 0.99
        assert cosines.min() > 0.97


def test_what_means_the_same_lies_nearer_than_what_does_not(model: EmbeddedModel) -> None:
    vectors = model.embed(TEXTS)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_equal_calls_give_equal_vectors(model: EmbeddedModel) -> None:
    assert np.array_equal(model.embed(TEXTS), EmbeddedModel(threads=1).embed(TEXTS))


def test_nothing_and_far_too_much_can_be_embedded(model: EmbeddedModel) -> None:
    assert model.embed([]).shape == (0, 384)
    assert np.isfinite(model.embed(["", "word " * 5000])).all()


def test_a_used_model_can_be_sent_to_a_worker(model: EmbeddedModel) -> None:
    model.embed(TEXTS[:1])
    assert np.array_equal(pickle.loads(pickle.dumps(model)).embed(TEXTS), model.embed(TEXTS))


def test_a_changed_or_missing_file_is_told_plainly(tmp_path: Path) -> None:
    folder = shutil.copytree(MODEL_FOLDER, tmp_path / "minilm")
    with (folder / "tokenizer.json").open("a") as file:
        file.write(" ")
    with pytest.raises(DamagedModel, match="install winward again"):
        EmbeddedModel(folder=folder).embed(TEXTS)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(DamagedModel, match="missing"):
        EmbeddedModel(folder=folder).embed(TEXTS)


def test_importing_the_models_loads_neither_of_the_heavy_libraries() -> None:
    code = "import sys, winward.text_models; print(sorted({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
