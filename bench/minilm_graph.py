"""The ONNX graph of all-MiniLM-L6-v2, with mean pooling and unit length inside, in whole or in 8-bit numbers.

Written out rather than traced from PyTorch, so that both forms share one graph and each sum can be quantised by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[np.float32]

LAYERS, HEADS, WIDTH = 6, 12, 384
SHADE_LAYER = 4  # layers in: it still knows how a thing was said, where the last knows what it is about
LONGEST_TEXT = 256  # tokens: the model has places for 512, and was trained on 256
EPSILON = 1e-12
FUSED = "com.microsoft"  # the domain of onnxruntime's own operators


class Linear(NamedTuple):
    """weight: (inputs, outputs). bias: (outputs,)."""

    weight: Array
    bias: Array


class Norm(NamedTuple):
    gain: Array
    shift: Array


@dataclass(frozen=True)
class Encoder:
    """words: (vocabulary, 384). places: (256, 384). linear and norms by name, as `0.query` or `embeddings`."""

    words: Array
    places: Array
    linear: Mapping[str, Linear]
    norms: Mapping[str, Norm]


@dataclass
class Graph:
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: object) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value).reshape(np.shape(value)), name)
        return name

    def node(self, kind: str, *inputs: str, domain: str = "", **settings: object) -> str:
        output = f"{kind}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **settings))
        return output


class Sums(Protocol):
    """How the graph multiplies by the weights."""

    def words(self, graph: Graph, words: Array) -> str: ...

    def enter(self, graph: Graph, place: str, values: str) -> str:
        """What `linear` takes, for all the sums over the same values."""
        ...

    def linear(self, graph: Graph, place: str, name: str, entered: str, linear: Linear) -> str: ...


@dataclass
class WholeSums:
    """32-bit floats. entered: the values that went into each place, by name, for whoever wants to see them."""

    entered: dict[str, str] = field(default_factory=dict)

    def words(self, graph: Graph, words: Array) -> str:
        return graph.node("Gather", graph.constant("words", words), "input_ids")

    def enter(self, graph: Graph, place: str, values: str) -> str:
        self.entered[place] = values
        return values

    def linear(self, graph: Graph, place: str, name: str, entered: str, linear: Linear) -> str:
        product = graph.node("MatMul", entered, graph.constant(f"{name}.weight", linear.weight))
        return graph.node("Add", product, graph.constant(f"{name}.bias", linear.bias))


class Steps(NamedTuple):
    """How values become 8-bit numbers: round(value / size) + zero, after a division by `divisors` where given."""

    size: np.float32
    zero: np.uint8
    divisors: Array | None


@dataclass(frozen=True)
class ByteSums:
    """8-bit weights, one step size per output; 8-bit values with steps fixed beforehand, by place.

    Nothing is measured on the batch, so a text's vector doesn't depend on the texts beside it.
    """

    steps: Mapping[str, Steps]

    def words(self, graph: Graph, words: Array) -> str:
        numbers, sizes = to_bytes(words.T)
        found = graph.node("Gather", graph.constant("words", numbers.T), "input_ids")
        size = graph.node("Gather", graph.constant("words.size", sizes[:, None]), "input_ids")
        return graph.node("Mul", graph.node("Cast", found, to=TensorProto.FLOAT), size)

    def enter(self, graph: Graph, place: str, values: str) -> str:
        size, zero, divisors = self.steps[place]
        if divisors is not None:
            values = graph.node("Mul", values, graph.constant(f"{place}.entry.factors", 1 / divisors))
        steps = graph.constant(f"{place}.entry.size", size), graph.constant(f"{place}.entry.zero", zero)
        return graph.node("QuantizeLinear", values, *steps)

    def linear(self, graph: Graph, place: str, name: str, entered: str, linear: Linear) -> str:
        numbers, sizes = to_bytes(linear.weight)
        weight = graph.constant(f"{name}.weight", numbers), graph.constant(f"{name}.size", sizes)
        zeros = f"{place}.entry.zero", graph.constant(f"{name}.zero", np.zeros(len(sizes), np.int8))
        bias = graph.constant(f"{name}.bias", linear.bias)
        return graph.node(
            "MatMulIntegerToFloat", entered, weight[0], f"{place}.entry.size", weight[1], *zeros, bias, domain=FUSED
        )


def to_bytes(weight: Array) -> tuple[NDArray[np.int8], Array]:
    """Whole numbers from -127 to 127, and the step size of each column: (inputs, outputs), (outputs,)."""
    largest = np.abs(weight).max(axis=0)
    sizes = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    return np.rint(weight / sizes).astype(np.int8), sizes


def build(encoder: Encoder, sums: Sums, shown: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """input_ids, attention_mask: (texts, tokens), int64 → vectors, shades: (texts, 384) of unit length.

    shown: further outputs, their name → what the graph calls them; read when the rest is built.
    """
    graph = Graph()
    mask = graph.node("Cast", "attention_mask", to=TensorProto.FLOAT)
    hidden = _embedded(graph, encoder, sums)
    unseen = _unseen(graph, mask)
    for layer in range(LAYERS):
        hidden = _layer(graph, encoder, sums, layer, hidden, unseen)
        if layer + 1 == SHADE_LAYER:
            _pooled(graph, hidden, mask, "shades")
    _pooled(graph, hidden, mask, "vectors")
    return _model(graph, shown)


def _embedded(graph: Graph, encoder: Encoder, sums: Sums) -> str:
    start, axis = graph.constant("zero", np.array([0])), graph.constant("axis.0", np.array([0]))
    tokens = graph.node("Shape", "input_ids", start=1, end=2)
    places = graph.node("Slice", graph.constant("places", encoder.places), start, tokens, axis)
    return _normed(graph, encoder, "embeddings", graph.node("Add", sums.words(graph, encoder.words), places))


def _unseen(graph: Graph, mask: str) -> str:
    """(texts, 1, 1, tokens): 0 for a token, -10,000 for padding, whose share of the attention becomes exactly 0."""
    flat = graph.node("Unsqueeze", mask, graph.constant("axes.1.2", np.array([1, 2])))
    less = graph.node("Sub", flat, graph.constant("one", np.float32(1)))
    return graph.node("Mul", less, graph.constant("far", np.float32(1e4)))


def _layer(graph: Graph, encoder: Encoder, sums: Sums, layer: int, hidden: str, unseen: str) -> str:
    def linear(place: str, name: str, entered: str) -> str:
        return sums.linear(graph, place, name, entered, encoder.linear[name])

    place = f"{layer}.attention"
    entered = sums.enter(graph, place, hidden)
    query, key, value = (linear(place, f"{layer}.{part}", entered) for part in ("query", "key", "value"))
    seen = sums.enter(graph, f"{layer}.out", _attention(graph, query, key, value, unseen))
    joined = graph.node("Add", linear(f"{layer}.out", f"{layer}.out", seen), hidden)
    hidden = _normed(graph, encoder, place, joined)
    wide = linear(f"{layer}.up", f"{layer}.up", sums.enter(graph, f"{layer}.up", hidden))
    entered = sums.enter(graph, f"{layer}.down", graph.node("Gelu", wide, domain=FUSED))
    joined = graph.node("Add", linear(f"{layer}.down", f"{layer}.down", entered), hidden)
    return _normed(graph, encoder, f"{layer}.output", joined)


def _attention(graph: Graph, query: str, key: str, value: str, unseen: str) -> str:
    size = WIDTH // HEADS
    apart = graph.constant("heads", np.array([0, 0, HEADS, size]))
    parts = (graph.node("Reshape", part, apart) for part in (query, key, value))
    turns = ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])
    queries, keys, values = (graph.node("Transpose", part, perm=turn) for part, turn in zip(parts, turns, strict=True))
    likeness = graph.node("FusedMatMul", queries, keys, domain=FUSED, alpha=size**-0.5)
    shares = graph.node("Softmax", graph.node("Add", likeness, unseen), axis=-1)
    together = graph.node("Transpose", graph.node("MatMul", shares, values), perm=[0, 2, 1, 3])
    return graph.node("Reshape", together, graph.constant("together", np.array([0, 0, WIDTH])))


def _normed(graph: Graph, encoder: Encoder, name: str, values: str) -> str:
    gain = graph.constant(f"{name}.gain", encoder.norms[name].gain)
    shift = graph.constant(f"{name}.shift", encoder.norms[name].shift)
    return graph.node("LayerNormalization", values, gain, shift, axis=-1, epsilon=EPSILON)


def _pooled(graph: Graph, hidden: str, mask: str, output: str) -> None:
    """The sum over a text's tokens, of unit length: the same as their mean, of unit length.

    As a product with the mask, given twice: ReduceSum, and the product with a single row, add in an order that depends
    on the batch.
    """
    real = graph.node("Unsqueeze", mask, graph.constant("axis.1", np.array([1])))
    totals = graph.node("MatMul", graph.node("Concat", real, real, axis=1), hidden)
    total = graph.node("Gather", totals, graph.constant("first", np.array(0)), axis=1)
    graph.nodes.append(helper.make_node("LpNormalization", [total], [output], axis=-1, p=2))


def _model(graph: Graph, shown: Mapping[str, str]) -> bytes:
    def value(name: str, kind: int, shape: list[str | int] | None) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    inputs = [value(name, TensorProto.INT64, ["texts", "tokens"]) for name in ("input_ids", "attention_mask")]
    outputs = [value(name, TensorProto.FLOAT, ["texts", WIDTH]) for name in ("vectors", "shades")]
    for name, source in shown.items():
        graph.nodes.append(helper.make_node("Identity", [source], [name]))
        outputs.append(value(name, TensorProto.FLOAT, None))
    content = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, list(graph.constants.values()))
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    model: onnx.ModelProto = helper.make_model(content, opset_imports=versions, ir_version=8)
    return model.SerializeToString(deterministic=True)
