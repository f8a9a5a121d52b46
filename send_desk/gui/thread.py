"""The golden thread as values: entries, their joins, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Column(IntEnum):
    """Where a thing stands in the thread, from left to right."""

    ASPIRATION = 0
    NEED = 1
    OUTCOME = 2
    PROVISION = 3


@dataclass(frozen=True, slots=True)
class Node:
    """One entry: its id, its column, the short label ("B2") and its words."""

    id: str
    column: Column
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Link:
    """A join of two entries by id; which of the two is given first does not matter."""

    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing beside an entry: the id of that entry, the column where something should stand, and why."""

    node: str
    column: Column
    words: str


@dataclass(frozen=True, slots=True)
class Thread:
    """All that one map shows. A link to an id that is not among the nodes is not drawn."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def joined(self, node: str) -> list[Node]:
        """The entries that a node is joined to, in the order of the nodes."""
        others = {link.to for link in self.links if link.from_ == node}
        others |= {link.from_ for link in self.links if link.to == node}
        return [other for other in self.nodes if other.id in others]

    def lines(self) -> list[str]:
        """The map in words, one line for each entry and each gap, for a list beside the picture."""
        said = []
        for node in sorted(self.nodes, key=lambda node: node.column):
            others = ", ".join(other.label for other in self.joined(node.id)) or "nothing"
            said.append(f"{node.label}: {node.words} Joined to {others}.")
        return said + [f"Gap: {gap.words}" for gap in self.gaps]

    def in_order(self) -> tuple[Node | Gap, ...]:
        """Entries and gaps column by column, each near what it is joined to on its left: curves cross little."""
        height: dict[str, float] = {}
        ordered: list[Node | Gap] = []
        for column in Column:
            ranks = [(self._rank(node, height, float(at)), at, node) for at, node in enumerate(self._nodes(column))]
            for gap in self._gaps(column):
                ranks.append((height.get(node_id(gap), 0.0), len(ranks), gap))
            here = [shown for _, _, shown in sorted(ranks, key=lambda rank: rank[:2])]
            height.update({shown.id: float(row) for row, shown in enumerate(here) if isinstance(shown, Node)})
            ordered += here
        return tuple(ordered)

    def _nodes(self, column: Column) -> list[Node | Gap]:
        return [node for node in self.nodes if node.column == column]

    def _gaps(self, column: Column) -> list[Node | Gap]:
        return [gap for gap in self.gaps if gap.column == column]

    def _rank(self, node: Node | Gap, height: dict[str, float], otherwise: float) -> float:
        known = [height[other.id] for other in self.joined(node_id(node)) if other.id in height]
        return sum(known) / len(known) if known else otherwise


def node_id(shown: Node | Gap) -> str:
    """The id of an entry, or of the entry that a gap belongs to."""
    return shown.node if isinstance(shown, Gap) else shown.id
