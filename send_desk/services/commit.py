"""How a change becomes durable: the difference of two case values, written as revisions in one transaction."""

from collections.abc import Iterable, Mapping, Sequence

from send_desk.domain.case import Case
from send_desk.domain.ids import RecordKind
from send_desk.domain.revision import DELETED, Merged, Revision, merge

from .desk import Desk
from .encoding import Row, assemble, changed_rows, changes, flat, local_id, record_key, rows_of
from .ports import CaseFile, KeptText


def commit(desk: Desk, file: CaseFile | None, after: Case) -> CaseFile:
    """Write whatever differs between a case as it was opened and as it shall be; return the file as it now stands.

    Each changed record gets one revision whose parents are the heads of the opened file. Words in work of a changed
    record become a revision of their own first. Nothing is written where nothing differs. A field of which two values
    stand keeps both: what is written to it follows the one that was shown, until a person chooses (conflicts.py).
    """
    return commit_all(desk, [(file, after)])[0]


def commit_all(desk: Desk, pairs: Sequence[tuple[CaseFile | None, Case]]) -> tuple[CaseFile, ...]:
    """Write many cases in one transaction: all of them or none."""
    changes_ = [_change(desk, file, after) for file, after in pairs]
    _write(desk, changes_)
    return tuple(change.file for change in changes_)


def build(desk: Desk, file: CaseFile, after: Case) -> tuple[Revision, ...]:
    """Return the revisions that `commit` would write, and write none; words in work must have been closed before."""
    return tuple(_change(desk, file, after).revisions)


def settle(desk: Desk, file: CaseFile, record: str, fields: Mapping[str, object]) -> CaseFile:
    """Write a person's merge of one record (local id): these fields, with all heads that were shown as parents.

    Words in work of the record must have been closed before.
    """
    key = record_key(file.case.id, record)
    past = desk.store.history(key)
    change = _Change(desk, file, file.case)
    made = change.settle(Row(past[0].kind, key, {}), fields)
    change.case = _with_record(file.case, Row(past[0].kind, record, {}), merge((*past, made)))
    _write(desk, [change])
    return change.file


def _with_record(case: Case, row: Row, whole: Merged) -> Case:
    rows = [one for one in rows_of(case) if (one.kind, one.id) != (row.kind, row.id)]
    if not whole.deleted:
        rows.append(Row(row.kind, row.id, whole.fields))
    return assemble(case.id, rows)


def close_kept(desk: Desk, file: CaseFile, *, records: Iterable[str] | None = None) -> CaseFile:
    """Turn words in work into revisions: those of the named records (local ids), or all of the case's.

    Where none are in work, the same file is returned and nothing is written.
    """
    wanted = None if records is None else {record_key(file.case.id, id_) for id_ in records}
    change = _Change(desk, file, file.case)
    for key in dict.fromkeys(words.record for words in file.kept):
        if wanted is None or key in wanted:
            change.close(key, _kind_of(desk, file.case, key))
    if not change.closed:
        return file  # the same one, so that nobody is told of a save
    _write(desk, [change])
    return change.file


def write_directory(desk: Desk, rows: Sequence[tuple[Row | None, Row]]) -> None:
    """Write lines of the directory, which belong to no case; a line that does not differ is passed over."""
    heads = desk.store.directory_heads()
    revisions = [
        _revision(desk, "", row, heads.get(row.id, ()), fields)
        for former, row in rows
        if (fields := changes(former, row))
    ]
    if revisions:
        with desk.store.write() as unit:
            unit.append(revisions)


class _Change:
    """The revisions that lead from an opened file to what it shall be, gathered before the transaction opens."""

    def __init__(self, desk: Desk, before: CaseFile | None, case: Case) -> None:
        self._desk = desk
        self.case = case
        self._heads: dict[str, tuple[str, ...]] = dict(before.heads) if before else {}
        self._merged: Mapping[str, Merged] = before.merged if before else {}
        self._shown = {key: _disputed(whole, self._heads.get(key, ())) for key, whole in self._merged.items()}
        self._kept: dict[str, list[KeptText]] = {}
        for words in before.kept if before else ():
            self._kept.setdefault(words.record, []).append(words)
        self.revisions: list[Revision] = []
        self.closed: list[str] = []

    @property
    def file(self) -> CaseFile:
        """The file as it stands once this change is on disk."""
        kept = tuple(words for each in self._kept.values() for words in each)
        written = {one.record for one in self.revisions}
        merged: dict[str, Merged] = {}
        for key in self._merged.keys() | {key for key in written if len(self._heads[key]) > 1}:
            whole = merge(self._desk.store.history(key)) if key in written else self._merged[key]
            if len(whole.heads) > 1 or whole.conflicts:
                merged[key] = whole
        return CaseFile(self.case, self._heads, kept, merged)

    def close(self, key: str, kind: str) -> None:
        """Let the words in work of one record become revisions, children of the heads that stood when it was opened."""
        words = self._kept.pop(key, [])
        now = self._heads.get(key, ())
        bases: dict[frozenset[str], dict[str, object]] = {}
        for one in words:
            bases.setdefault(frozenset(one.base), {}).update(flat(kind, {one.field: one.text}))
        # What was written knowing everything comes last, so that it follows the writer's own earlier words as well.
        known = bases.pop(frozenset(now), None)
        for base, fields in bases.items():
            self._add(Row(kind, key, {}), tuple(sorted(base)), fields)
        if known is not None:
            self._follow(Row(kind, key, {}), known)
        if words:
            self.closed.append(key)

    def set(self, row: Row, fields: Mapping[str, object], *, again: bool = False) -> None:
        """Add a revision of one record that sets these fields, after its words in work.

        With `again` the record was not there: where it once was and has been taken away, it is brought back, and what
        it said then and does not say now is cleared.
        """
        key = record_key(self.case.id, row.id)
        self.close(key, row.kind)
        if again and self._heads.get(key):
            before = flat(row.kind, merge(self._desk.store.history(key)).fields)
            gone = {name: None for name, value in before.items() if name not in fields and value is not None}
            fields = {**gone, **fields, DELETED: False}
        self._follow(Row(row.kind, key, row.fields), fields)

    def settle(self, row: Row, fields: Mapping[str, object]) -> Revision:
        """Add a person's merge: a revision whose parents are all heads that were shown."""
        self._add(row, self._heads.get(row.id, ()), fields)
        return self.revisions[-1]

    def _follow(self, row: Row, fields: Mapping[str, object]) -> None:
        """Add what follows the record as it was shown; a field in conflict follows the value that was shown of it."""
        shown = self._shown.get(row.id, {})
        apart: dict[str, dict[str, object]] = {}
        for name in shown.keys() & fields.keys():
            apart.setdefault(shown[name], {})[name] = fields[name]
        for setter, disputed in sorted(apart.items()):
            made = self._add(row, (setter,), disputed)
            shown.update(dict.fromkeys(disputed, made))
        rest = {name: value for name, value in fields.items() if name not in shown}
        if rest:
            self._add(row, self._heads.get(row.id, ()), rest)

    def _add(self, row: Row, parents: tuple[str, ...], fields: Mapping[str, object]) -> str:
        revision = _revision(self._desk, self.case.id, row, parents, fields)
        others = tuple(head for head in self._heads.get(row.id, ()) if head not in parents)
        self._heads[row.id] = (*others, revision.id)
        self.revisions.append(revision)
        return revision.id


def _disputed(whole: Merged, heads: tuple[str, ...]) -> dict[str, str]:
    """Return for each field in conflict the revision whose value is shown; none where the writer saw other heads."""
    if set(whole.heads) != set(heads):
        return {}
    return {one.field: max(one.revisions) for one in whole.conflicts if one.field != DELETED}


def _change(desk: Desk, file: CaseFile | None, after: Case) -> _Change:
    change = _Change(desk, file, after)
    for former, row in changed_rows(file.case if file else None, after):
        if row is not None:
            change.set(row, changes(former, row), again=former is None)
        elif former is not None:
            change.set(former, {DELETED: True})
    return change


def _write(desk: Desk, changes_: Sequence[_Change]) -> None:
    written = [change for change in changes_ if change.revisions]
    if not written:
        return
    cases = [change.file.case for change in written]
    lines = [desk.line(case) for case in cases]
    with desk.store.write() as unit:
        for change in written:
            unit.append(change.revisions)
            for key in change.closed:
                unit.drop_kept(key)
        unit.put_summaries(lines)


def _kind_of(desk: Desk, case: Case, key: str) -> str:
    id_ = local_id(case.id, key)
    stands = next((row.kind for row in rows_of(case) if row.id == id_), None)
    if stands is not None:
        return stands
    # Somebody took the record away while words were written in it: it stays what it was.
    past = desk.store.history(key)
    return str(past[0].kind if past else RecordKind.ENTRY)


def _revision(desk: Desk, case: str, row: Row, parents: tuple[str, ...], fields: Mapping[str, object]) -> Revision:
    return Revision(
        id=desk.ids.new(),
        record=row.id,
        kind=row.kind,
        case=case,
        authority=desk.user.authority,
        parents=parents,
        fields=fields,
        author=desk.user.id,
        device=desk.device,
        made_at=desk.clock.now(),
    )
