"""Trees of YAML: `nodes(root)`, and `repeated_keys(root)`, which its readers pass over in silence."""

from collections.abc import Iterator

import yaml


def nodes(root: yaml.Node | None) -> Iterator[yaml.Node]:
    """A node and all below it, each once, for YAML's aliases may go in circles."""
    waiting, seen = [root] if root else [], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            yield node
            waiting += [*_children(node)]


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        yield from (part for pair in node.value for part in pair)
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def repeated_keys(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The keys that a mapping has had before: of two, readers of YAML and JSON keep the last."""
    for node in nodes(root):
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode) and (key.tag, key.value) in seen:
                yield key
            seen.add((key.tag, str(key.value)))
