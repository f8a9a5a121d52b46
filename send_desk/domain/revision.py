"""The revision log: every change of every record, immutable, and how several of them make one record.

Rules 1 to 3, 5 and 6 of sync.md: a revision names the heads that stood when the editor was opened; heads are derived
from the set of superseded ids; merging is computed per field over the graph and never stored; deletion is a revision.
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
    """Two or more values of one field, written apart: a person chooses (a hard conflict).

    On `DELETED`, the revisions that took the record away and those that were written to it apart from that. `base`
    are the last revisions that all of them had seen and that set the field: what both versions came from.
    """

    field: str
    revisions: tuple[str, ...]
    base: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """A record as its revisions make it; `combined` says that different fields were changed apart (a soft conflict).

    Where a field has several values, `fields` shows that of the greatest revision id until a person has chosen; a
    record that was taken away while somebody wrote in it stands until then. `apart` names the fields that stand
    combined.
    """

    fields: Mapping[str, object]
    heads: tuple[str, ...]
    conflicts: tuple[FieldConflict, ...] = ()
    combined: bool = False
    apart: tuple[str, ...] = ()

    @property
    def deleted(self) -> bool:
        """Whether the record is gone."""
        return bool(self.fields.get(DELETED, False))

    @property
    def is_open(self) -> bool:
        """Whether a person has something to choose or to look at."""
        return not self.deleted and (bool(self.conflicts) or self.combined)


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
            fields.update(_said(revision))
        return Merged(fields=fields, heads=tops)
    return _Graph(ordered).merged(tops)


def _said(revision: Revision) -> Mapping[str, object]:
    """What a revision sets: nothing any more where it was redacted (rule 5)."""
    return {} if revision.redacted else revision.fields


class _Graph:
    """The revisions of one record with what each had seen; parents that are not here are tolerated."""

    def __init__(self, ordered: Sequence[Revision]) -> None:
        self._ordered = ordered
        self._seen: dict[str, frozenset[str]] = {}
        for revision in ordered:
            above: frozenset[str] = frozenset(revision.parents)
            self._seen[revision.id] = above.union(*(self._seen.get(parent, frozenset()) for parent in revision.parents))

    def merged(self, tops: tuple[str, ...]) -> Merged:
        """Return the record, with what stands against it."""
        setters = self._setters()
        fields = {name: live[max(live)] for name, live in setters.items()}
        conflicts = [
            FieldConflict(name, tuple(sorted(live)), self._base(name, live))
            for name, live in setters.items()
            if name != DELETED and any(value != fields[name] for value in live.values())
        ]
        contested = self._contested(setters.get(DELETED, {}))
        if contested:
            conflicts.append(FieldConflict(DELETED, contested, self._base(DELETED, contested)))
            fields[DELETED] = False
        disputed = {conflict.field for conflict in conflicts}
        apart = self._apart(tops, {name: value for name, value in fields.items() if name not in disputed})
        return Merged(fields, tops, tuple(conflicts), combined=bool(apart), apart=apart)

    def _setters(self, within: frozenset[str] | None = None) -> dict[str, dict[str, object]]:
        """Return for each field the maximal revisions that set it, of all or of those within a set."""
        setters: dict[str, dict[str, object]] = {}
        for revision in self._ordered:
            if within is not None and revision.id not in within:
                continue
            seen = self._seen[revision.id]
            for name, value in _said(revision).items():
                live = setters.setdefault(name, {})
                for older in seen.intersection(live):
                    del live[older]
                live[revision.id] = value
        return setters

    def _base(self, name: str, contending: Iterable[str]) -> tuple[str, ...]:
        """Return the last revisions setting a field that every one of these had seen."""
        common = frozenset.intersection(*(self._seen[one] for one in contending))
        return tuple(sorted(self._setters(common).get(name, {})))

    def _contested(self, live: Mapping[str, object]) -> tuple[str, ...]:
        """Return the deletions that stand and what was written apart from all of them; empty where nothing was."""
        gone = [one for one, value in live.items() if value]
        if not gone:
            return ()
        known = frozenset(gone).union(*(self._seen[one] for one in gone))
        written = {
            revision.id
            for revision in self._ordered
            if _said(revision) and revision.id not in known and self._seen[revision.id].isdisjoint(gone)
        }
        last = written.difference(*(self._seen[one] for one in written)) if written else set()
        return tuple(sorted((*gone, *last))) if last else ()

    def _apart(self, tops: tuple[str, ...], shown: Mapping[str, object]) -> tuple[str, ...]:
        """Return the fields that were changed since all heads were one; none where one head reads as all together."""
        if len(tops) < 2:
            return ()
        closures = [self._seen[top] | {top} for top in tops]
        if any(not _differing(shown, self._shown(closure)) for closure in closures):
            return ()
        return _differing(shown, self._shown(frozenset.intersection(*closures)))

    def _shown(self, within: frozenset[str]) -> Mapping[str, object]:
        return {name: live[max(live)] for name, live in self._setters(within).items()}


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(name for name, value in one.items() if other.get(name) != value))


def _parents_first(revisions: Sequence[Revision]) -> list[Revision]:
    by_id = {revision.id: revision for revision in revisions}
    if all(parent < revision.id or parent not in by_id for revision in revisions for parent in revision.parents):
        return sorted(by_id.values(), key=lambda revision: revision.id)
    placed: dict[str, Revision] = {}
    # Nobody writes a ring of parents but in bad faith; each is opened once, so that a ring holds up no desk.
    opened: set[str] = set()
    for start in sorted(by_id):
        stack = [start]
        while stack:
            current = by_id[stack[-1]]
            missing = [
                parent
                for parent in current.parents
                if parent in by_id and parent not in placed and parent not in opened and current.id not in opened
            ]
            opened.add(current.id)
            if missing:
                stack.extend(missing)
            else:
                placed.setdefault(current.id, current)
                stack.pop()
    return list(placed.values())
