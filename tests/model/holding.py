"""What must hold when all desks have come to rest: nothing lost, nothing invented, nothing where it may not be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from send_desk.domain.revision import merge
from send_desk.wire import refusals
from send_desk.wire.packed import Mark, Packed, digest_of, mark_of_all, unpack

from .memory_central import REDACTED_THERE
from .pages import in_the_clear
from .world import DESKS, World


def faults_of(world: World, *, look_into_files: bool = False) -> list[str]:
    """Return in words what does not hold; `look_into_files` also reads every page of every file."""
    found = list(world.faults)
    found += _of_the_hub(world)
    for desk in range(len(DESKS)):
        found += [f"desk {desk}: {fault}" for fault in _of_desk(world, desk)]
        if look_into_files:
            found += [f"desk {desk}: {fault}" for fault in _in_files(world, desk)]
    return found


def _of_the_hub(world: World) -> Iterator[str]:
    log = world.central.books.log
    there = log.keys() | world.central.books.aside.keys() | world.gone
    tray = [one for desk in world.desks for one in desk.store.sync.refused()]
    trays = {one.revision for one in tray}
    codes = {one.revision: one.code for one in tray} | {id_: told[1] for id_, told in world.central.books.aside.items()}
    for id_, code in codes.items():
        if code not in (refusals.ROLE, refusals.NOT_MEMBER, REDACTED_THERE):
            yield f"{id_} was refused as {code}, which nobody gave a reason for"
    for id_ in sorted(world.saved.keys() - there - trays):
        yield f"{id_} is nowhere in the office, neither refused nor kept aside"
    for id_ in sorted(log.keys() - world.saved.keys()):
        yield f"{id_} is in the office, but nobody saved it"
    for id_, stored in log.items():
        if id_ in world.saved and stored.packed != expected(world, id_):
            yield f"{id_} is in the office otherwise than it was saved: {stored.packed}"


def expected(world: World, id_: str) -> Packed:
    """Return a revision as it must stand everywhere now."""
    saved = world.saved[id_]
    stored = world.central.books.log.get(id_)
    if id_ in world.redacted and stored is not None:
        return replace(saved, body=b"", extra=b"", redacted=digest_of(saved))
    return saved


def _of_desk(world: World, desk: int) -> Iterator[str]:
    store = world.desks[desk].store
    held = {id_: replace(one, receipt=b"") for id_, one in world.desks[desk].held().items()}
    permitted = world.permitted(desk)
    refused = {one.revision for one in store.sync.refused()}
    log = world.central.books.log
    due = {id_ for id_, stored in log.items() if stored.packed.case in permitted}
    if waiting := store.sync.pending():
        yield f"{waiting} changes still wait to be sent"
    if missing := due - held.keys():
        yield f"{sorted(missing)} are missing"
    for id_, packed in held.items():
        if packed.case not in permitted and id_ not in refused:
            yield f"{id_} of the forbidden {packed.case[:8]} is still here"
        if id_ not in world.saved:
            yield f"{id_} is here, but nobody saved it"
        elif id_ in due and packed != expected(world, id_):
            yield f"{id_} is here otherwise than it was saved: {packed}"
        elif id_ not in due and id_ not in refused:
            yield f"{id_} is here and was not refused, but the office does not have it"
    yield from _in_tables(world, desk, permitted, {held[id_].case for id_ in refused if id_ in held})
    yield from _as_records(world, desk, held)
    marked = mark_of_all(log[id_].packed for id_ in due)
    if marked != store.sync.mark() or marked != _mark_of_hub(world, permitted):
        yield f"the marks differ: {marked} told by the log, {store.sync.mark()} by the desk"


def _mark_of_hub(world: World, permitted: set[str]) -> Mark:
    return world.central.books.mark(permitted)


def _as_records(world: World, desk: int, held: Mapping[str, Packed]) -> Iterator[str]:
    """Heads are the leaves, and what is shown is the merge of what is held: the same on every desk that holds it."""
    records: dict[tuple[str, str], list[Packed]] = {}
    for one in held.values():
        records.setdefault((one.case, one.record), []).append(one)
    shown = world.desks[desk].shown()
    for place, history in records.items():
        whole = merge([unpack(one) for one in history])
        leaves = {one.id for one in history} - {parent for one in history for parent in one.parents}
        heads, fields = shown.get(place, ((), {}))
        if set(heads) != leaves:
            yield f"{place}: heads {heads} are not the leaves {sorted(leaves)}"
        if fields != dict(whole.fields):
            yield f"{place}: shown as {fields}, but its history makes {dict(whole.fields)}"
    for place in shown.keys() - records.keys():
        yield f"{place} is shown without a history"


def _in_tables(world: World, desk: int, permitted: set[str], refused: set[str]) -> Iterator[str]:
    with world.desks[desk].store.reading() as driver:
        tables = [row[0] for row in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            columns = {row[1] for row in driver.execute(f"PRAGMA table_info({table})")}
            if "case_id" in columns:
                cases = {row[0] for row in driver.execute(f"SELECT DISTINCT case_id FROM {table}")}  # noqa: S608
                for case in sorted(cases - permitted - refused):
                    yield f"table {table} still has the forbidden {case[:8]}"


def _in_files(world: World, desk: int) -> Iterator[str]:
    """No page of the file has a word of a forbidden case, or of what was redacted."""
    permitted = world.permitted(desk)
    held = world.desks[desk].held()
    refused = {one.revision for one in world.desks[desk].store.sync.refused()}
    probes = {
        id_: f"{int(id_.rsplit('-', 1)[1])} of {packed.case[:8]}".encode()
        for id_, packed in world.saved.items()
        if packed.case and (packed.case not in permitted or (id_ in held and held[id_].redacted))
    }
    whole = b"\0".join(in_the_clear(world.desks[desk].path, world.desks[desk].key))
    for id_, probe in probes.items():
        if id_ not in refused and b'"' + probe in whole:
            yield f"the words of {id_} are still in a page of the file"
