"""The revision log: every change of every record, immutable, and how several of them make one record.

Rules 1 to 3 and 6 of sync.md: a revision names the heads that stood when the editor was opened; heads are derived from
the set of superseded ids; merging is computed per field over the graph and never stored; deletion is a revision.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

DELETED = "$deleted"
"""The field that says a record is gone; setting it back brings the record again."""

SCHEMA = 1
"""The schema version that this program writes into its revisions."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One immutable change: `fields` holds only what it sets; `made_at` is aware UTC and decides nothing.

    `extra` is what a newer desk says of it besides. A redacted revision sets nothing any more and keeps in `redacted`
    the digest, in hex, of what it said (rule 5).
    """

    id: str
    record: str
    kind: str
    case: str
    authority: str
    parents: tuple[str, ...]
    fields: Mapping[str, object]
    author: str
    device: str
    made_at: datetime
    schema: int = SCHEMA
    extra: Mapping[str, object] = field(default_factory=dict)
    redacted: str = ""


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Two or more values of one field, written apart: a person chooses (a hard conflict)."""

    field: str
    revisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A record as its revisions make it; `combined` says that different fields were changed apart (a soft conflict).

    Where a field has several values, `fields` shows that of the greatest revision id until a person has chosen.
    """

    fields: Mapping[str, object]
    heads: tuple[str, ...]
    conflicts: tuple[FieldConflict, ...] = ()
    combined: bool = False

    @property
    def deleted(self) -> bool:
        """Whether the record is gone."""
        return bool(self.fields.get(DELETED, False))


def heads(revisions: Iterable[Revision]) -> tuple[str, ...]:
    """Return the ids that no other revision names as a parent, in order."""
    known = list(revisions)
    superseded = {parent for revision in known for parent in revision.parents}
    return tuple(sorted(revision.id for revision in known if revision.id not in superseded))


def merge(revisions: Sequence[Revision]) -> Merged:
    """Merge the whole history of one record, in any order; a clean line of changes costs one pass."""
    ordered = _parents_first(revisions)
    tops = heads(ordered)
    if len(tops) <= 1 and all(len(revision.parents) <= 1 for revision in ordered):
        fields: dict[str, object] = {}
        for revision in ordered:
            fields.update(revision.fields)
        return Merged(fields=fields, heads=tops)
    return _merge_graph(ordered, tops)


def _merge_graph(ordered: Sequence[Revision], tops: tuple[str, ...]) -> Merged:
    ancestors: dict[str, frozenset[str]] = {}
    setters: dict[str, dict[str, object]] = {}
    for revision in ordered:
        above: frozenset[str] = frozenset(revision.parents)
        above = above.union(*(ancestors.get(parent, frozenset()) for parent in revision.parents))
        ancestors[revision.id] = above
        for name, value in revision.fields.items():
            live = setters.setdefault(name, {})
            for older in above.intersection(live):
                del live[older]
            live[revision.id] = value
    fields: dict[str, object] = {}
    conflicts: list[FieldConflict] = []
    for name, live in setters.items():
        fields[name] = live[max(live)]
        if any(value != fields[name] for value in live.values()):
            conflicts.append(FieldConflict(name, tuple(sorted(live))))
    return Merged(fields=fields, heads=tops, conflicts=tuple(conflicts), combined=len(tops) > 1)


def _parents_first(revisions: Sequence[Revision]) -> list[Revision]:
    by_id = {revision.id: revision for revision in revisions}
    if all(parent < revision.id or parent not in by_id for revision in revisions for parent in revision.parents):
        return sorted(by_id.values(), key=lambda revision: revision.id)
    placed: dict[str, Revision] = {}
    for start in sorted(by_id):
        stack = [start]
        while stack:
            current = by_id[stack[-1]]
            missing = [parent for parent in current.parents if parent in by_id and parent not in placed]
            if missing:
                stack.extend(missing)
            else:
                placed.setdefault(current.id, current)
                stack.pop()
    return list(placed.values())
