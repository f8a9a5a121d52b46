"""A case made from nothing but its revisions, as the central side and a rebuilt desk make it."""

from collections.abc import Iterable

from send_desk.domain.case import Case
from send_desk.domain.ids import RecordKind
from send_desk.domain.revision import Revision, merge

from .encoding import Row, assemble


def case_of(case: str, revisions: Iterable[Revision]) -> Case | None:
    """Return the case that these revisions make, in whatever order they come; None where there is none, or no more.

    Where a field has two values, the case shows the one that the desks show until a person has chosen.
    """
    histories: dict[str, list[Revision]] = {}
    for revision in revisions:
        histories.setdefault(revision.record, []).append(revision)
    rows: list[Row] = []
    for record, history in sorted(histories.items()):  # as the desk's file gives them, on every desk
        whole = merge(history)
        # The kind is that of the revision that began the record.
        kind = str(min(history, key=lambda one: (bool(one.parents), one.id)).kind)
        if not whole.deleted:
            rows.append(Row(kind, record, whole.fields))
    if not any(row.id == case and row.kind == RecordKind.CASE for row in rows):
        return None
    return assemble(case, rows)
