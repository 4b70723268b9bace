"""One quantity of a chain's text changed, and every other line, comments too, left as its author wrote it."""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from winward.sources.yaml_files import LOADER

# Of these there is one; another takes its place.
RANGES = ("range", "value", "formula")


def with_quantity(text: str, name: str, fields: Mapping[str, Any]) -> str:
    """The text of a readable chain with these fields of a quantity set; None takes a field away. A range, a value and a
    formula take one another's place. Raises KeyError."""
    for field, value in fields.items():
        text = _with_field(text, name, field, value)
    return text


def with_words(text: str, field: str, value: str) -> str:
    """The text with a field of the chain's own, such as its name, set. Raises KeyError."""
    return _put(text, _field(_root(text), field)[1], on_one_line(value))


def _with_field(text: str, name: str, field: str, value: Any) -> str:
    quantity = _mapping(_field(_field(_root(text), "quantities")[1], name)[1])
    old = next((pair for pair in quantity.value if pair[0].value in _places(field)), None)
    if old is None:
        return text if value is None else _added(text, quantity, f"{field}: {on_one_line(value)}")
    if value is None:
        return _taken(text, quantity, old)
    if old[0].value == field:
        return _put(text, old[1], on_one_line(value))
    return text[: old[0].start_mark.index] + f"{field}: {on_one_line(value)}" + text[_end(old[1]) :]


def _places(field: str) -> tuple[str, ...]:
    return RANGES if field in RANGES else (field,)


def _root(text: str) -> yaml.MappingNode:
    return _mapping(yaml.compose(text, LOADER))


def _field(of: yaml.Node, name: str) -> tuple[yaml.Node, yaml.Node]:
    found = next((pair for pair in _mapping(of).value if pair[0].value == name), None)
    if found is None:
        raise KeyError(name)
    key, value = found
    return key, value


def _mapping(node: yaml.Node | None) -> yaml.MappingNode:
    if not isinstance(node, yaml.MappingNode):
        raise KeyError("the text holds no such part")
    return node


def _end(node: yaml.Node) -> int:
    """The place after its last sign. A block's own end lies after the comments below it, which aren't its."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        return max(_end(inner) for inner in _inside(node))
    return int(node.end_mark.index)


def _inside(node: yaml.CollectionNode) -> Iterator[yaml.Node]:
    for one in node.value:
        yield from one if isinstance(one, tuple) else (one,)


def _put(text: str, node: yaml.Node, value: str) -> str:
    """In a block, what stands below its key comes up beside it."""
    before = text[: node.start_mark.index]
    block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    return (f"{before.rstrip()} " if block else before) + value + text[_end(node) :]


def _added(text: str, quantity: yaml.MappingNode, line: str) -> str:
    first, last = quantity.value[0][0], quantity.value[-1][1]
    between = ", " if quantity.flow_style else "\n" + " " * first.start_mark.column
    return text[: _end(last)] + between + line + text[_end(last) :]


def _taken(text: str, quantity: yaml.MappingNode, pair: tuple[yaml.Node, yaml.Node]) -> str:
    """The field and what parts it from its neighbour. A quantity keeps its unit, so that it never goes empty."""
    at, pairs = quantity.value.index(pair), quantity.value
    if at:
        return text[: _end(pairs[at - 1][1])] + text[_end(pair[1]) :]
    return text[: pair[0].start_mark.index] + text[pairs[1][0].start_mark.index :]


def on_one_line(value: Any) -> str:
    """As YAML that can stand within brackets, too."""
    dumped = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, sort_keys=False, width=float("inf"))
    return str(dumped).strip()[1:-1]
