"""How a change becomes durable: the difference of two case values, written as revisions in one transaction."""

from collections.abc import Iterable, Mapping, Sequence

from send_desk.domain.case import Case
from send_desk.domain.ids import RecordKind
from send_desk.domain.revision import DELETED, Revision

from .desk import Desk
from .encoding import Row, changed_rows, changes, local_id, record_key, rows_of
from .ports import CaseFile, KeptText


def commit(desk: Desk, file: CaseFile | None, after: Case) -> CaseFile:
    """Write whatever differs between a case as it was opened and as it shall be; return the file as it now stands.

    Each changed record gets one revision whose parents are the heads of the opened file. Words in work of a changed
    record become a revision of their own first. Nothing is written where nothing differs.
    """
    return commit_all(desk, [(file, after)])[0]


def commit_all(desk: Desk, pairs: Sequence[tuple[CaseFile | None, Case]]) -> tuple[CaseFile, ...]:
    """Write many cases in one transaction: all of them or none."""
    changes_ = [_change(desk, file, after) for file, after in pairs]
    _write(desk, changes_)
    return tuple(change.file for change in changes_)


def close_kept(desk: Desk, file: CaseFile, *, records: Iterable[str] | None = None) -> CaseFile:
    """Turn words in work into revisions: those of the named records (local ids), or all of the case's."""
    wanted = None if records is None else {record_key(file.case.id, id_) for id_ in records}
    change = _Change(desk, file, file.case)
    for key in dict.fromkeys(words.record for words in file.kept):
        if wanted is None or key in wanted:
            change.close(key, _kind_of(file.case, local_id(file.case.id, key)))
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
        self._case = case
        self._heads: dict[str, tuple[str, ...]] = dict(before.heads) if before else {}
        self._kept: dict[str, list[KeptText]] = {}
        for words in before.kept if before else ():
            self._kept.setdefault(words.record, []).append(words)
        self.revisions: list[Revision] = []
        self.closed: list[str] = []

    @property
    def file(self) -> CaseFile:
        """The file as it stands once this change is on disk."""
        kept = tuple(words for each in self._kept.values() for words in each)
        return CaseFile(self._case, self._heads, kept)

    def close(self, key: str, kind: str) -> None:
        """Let the words in work of one record become a revision, child of the heads that stood when it was opened."""
        words = self._kept.pop(key, [])
        if words:
            row = Row(kind, key, {})
            self._add(row, words[0].base, {one.field: one.text for one in words})
            self.closed.append(key)

    def set(self, row: Row, fields: Mapping[str, object], *, again: bool = False) -> None:
        """Add a revision of one record that sets these fields, after its words in work.

        With `again` the record was not there: where it once was and has been taken away, it is brought back.
        """
        key = record_key(self._case.id, row.id)
        self.close(key, row.kind)
        if again and self._heads.get(key):
            fields = {**fields, DELETED: False}
        self._add(Row(row.kind, key, row.fields), self._heads.get(key, ()), fields)

    def _add(self, row: Row, parents: tuple[str, ...], fields: Mapping[str, object]) -> None:
        revision = _revision(self._desk, self._case.id, row, parents, fields)
        others = tuple(head for head in self._heads.get(row.id, ()) if head not in parents)
        self._heads[row.id] = (*others, revision.id)
        self.revisions.append(revision)


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


def _kind_of(case: Case, id_: str) -> str:
    return next((row.kind for row in rows_of(case) if row.id == id_), str(RecordKind.ENTRY))


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
