"""An open case follows what came from the office, but not under the writer's hands."""

from collections.abc import Collection
from dataclasses import replace

from .desk import Desk
from .encoding import assemble, record_key, rows_of
from .ports import CaseFile


def follow(desk: Desk, file: CaseFile, in_hand: Collection[str] = ()) -> CaseFile | None:
    """Return the case as the store now has it; None where it is no longer on this laptop.

    Records that are in somebody's hands (local ids) stay as they were opened, words and heads: what is written there
    next is a child of what the writer saw, so that a colleague's change stands beside it by name (sync.md, rule 1).
    """
    fresh = desk.store.case_file(file.case.id)
    if fresh is None:
        return None
    case = file.case.id
    held = {id_ for id_ in in_hand if fresh.heads.get(record_key(case, id_)) != file.heads.get(record_key(case, id_))}
    if not held:
        return fresh
    former = {row.id: row for row in rows_of(file.case) if row.id in held}
    rows = [former.pop(row.id, row) for row in rows_of(fresh.case)]
    heads = {**fresh.heads, **{key: file.heads[key] for id_ in held if (key := record_key(case, id_)) in file.heads}}
    whole = assemble(case, [*rows, *former.values()])
    return replace(fresh, case=whole, heads=heads)
