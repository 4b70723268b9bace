"""YAML files that people keep: read with the line of everything, and held against a JSON Schema."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema
import yaml

Path = tuple[str | int, ...]
Lines = dict[Path, int]
MOST_CHARACTERS = 1_000_000
# What else YAML makes of a word (a day, for one) stays as it was written.
PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "bool", "null")}
# In C where PyYAML was built with it, which takes a tenth of the time.
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOT_READ = "aliases (*name) are not read; write it out"


@dataclass(frozen=True, slots=True)
class FileProblem:
    line: int
    message: str


class FileProblems(ValueError):
    """name: the file's. problems: by line."""

    def __init__(self, name: str, problems: Iterable[FileProblem]) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda one: one.line))
        super().__init__("\n".join(f"{name}, line {one.line}: {one.message}" for one in self.problems))


@dataclass(frozen=True, slots=True)
class Written:
    """value: what the file holds, as plain values. lines: where each part of it begins, by its path."""

    name: str
    value: Any
    lines: Lines

    def line(self, path: Path) -> int:
        """Of the part, or of the nearest part around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: Path, message: str) -> FileProblem:
        return FileProblem(self.line(path), message)


def read_yaml(text: str, name: str, schema: Mapping[str, Any]) -> Written:
    """The file's value, which fits the schema. Raises FileProblems with everything that doesn't."""
    written = _composed(text, name)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(written.value))
    if errors:
        raise FileProblems(name, (written.problem(*_told(error)) for error in errors))
    return written


def _composed(text: str, name: str) -> Written:
    if len(text) > MOST_CHARACTERS:
        raise FileProblems(name, [FileProblem(1, f"the file has more than {MOST_CHARACTERS:,} characters")])
    lines = Lines()
    try:
        loader = LOADER(text)
        node = loader.get_single_node()
        value = _value(loader, node, (), lines) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = FileProblem(mark.line + 1 if mark else 1, error.problem or str(error))
        raise FileProblems(name, [told]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FileProblems(name, [FileProblem(1, f"the file can't be read as YAML: {error}")]) from error
    return Written(name, value, lines)


def _value(loader: yaml.SafeLoader, node: yaml.Node, path: Path, lines: Lines) -> Any:
    """A node met twice is an alias; written out, a few of them nested would fill the memory."""
    if id(node) in (seen := loader.__dict__.setdefault("met", {})):
        raise yaml.MarkedYAMLError(problem=NOT_READ, problem_mark=node.start_mark)
    seen[id(node)] = node
    lines.setdefault(path, node.start_mark.line + 1)
    match node:
        case yaml.MappingNode():
            return dict(_pairs(loader, node, path, lines))
        case yaml.SequenceNode():
            return [_value(loader, inner, (*path, at), lines) for at, inner in enumerate(node.value)]
        case _:
            return loader.construct_object(node) if node.tag in PLAIN else str(node.value)


def _pairs(loader: yaml.SafeLoader, node: yaml.MappingNode, path: Path, lines: Lines) -> Iterator[tuple[Hashable, Any]]:
    keys = set[str]()
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in keys:
            raise yaml.MarkedYAMLError(problem=f"“{key}” stands twice here", problem_mark=key_node.start_mark)
        keys.add(key)
        lines[(*path, key)] = key_node.start_mark.line + 1
        yield key, _value(loader, value_node, (*path, key), lines)


def _told(error: jsonschema.ValidationError) -> tuple[Path, str]:
    """Where, and what to do, with the schema's own description of what is wanted."""
    path = tuple(error.absolute_path)
    where = f"“{path[-1]}” " if path else ""
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        known = sorted(_schema(error).get("properties", {}))
        extra = next((key for key in list(error.instance) if key not in known), "")
        return (*path, extra), f"“{extra}” isn't known here; there is {', '.join(known)}"
    wanted = _schema(error).get("description")
    return path, f"{where}{error.message}" + (f" ({wanted})" if wanted else "")


def _schema(error: jsonschema.ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}
