"""Commands about what two people wrote apart: list it, decide it."""

from argparse import Namespace
from collections.abc import Mapping, Sequence

from send_desk.domain.errors import WrongUse
from send_desk.domain.revision import DELETED
from send_desk.services.conflicts import Conflict, Value, accept_combined, resolve
from send_desk.services.conflicts import conflicts as open_conflicts
from send_desk.services.record_words import field_words, value_words

from .answer import FINDINGS, GOOD, Answer, plain
from .sources import opened
from .world import World

COMBINED = "combined"
"""What `resolve` calls the fields that two people changed apart: nothing is kept, it is only said that it is right."""


def conflicts(arguments: Namespace, world: World) -> Answer:
    """List what two people wrote apart; status 1 where anything is listed."""
    with world.desk(writing=False) as desk:
        found = open_conflicts(desk)
        references = {line.case: line.reference for line in desk.store.summaries()}
    data = {"schema": "send-desk/conflicts-1", "conflicts": [conflict_json(one) for one in found]}
    lines = [f"{references.get(one.case, one.case)}  {conflict_words(one)}" for one in found]
    return Answer(data, lines or ["Nothing stands against each other."], FINDINGS if found else GOOD)


def resolve_(arguments: Namespace, world: World) -> Answer:
    """Keep one version of a field, or say that what was combined is right."""
    with world.desk(writing=True) as desk:
        file = opened(arguments, desk)
        conflict = _named(open_conflicts(desk, file.case.id), arguments.entry, arguments.field)
        if conflict.hard:
            kept = _kept(conflict.values, arguments.keep)
            file = resolve(desk, file, conflict.record, conflict.field, keep=kept.revision)
        else:
            kept = None
            file = accept_combined(desk, file, conflict.record)
        left = open_conflicts(desk, file.case.id)
    data = {
        "case": file.case.id,
        "entry": conflict.record,
        "field": field_name(conflict),
        "kept": kept.revision if kept else None,
        "conflicts": len(left),
    }
    done = f"{conflict.entry}: what {kept.by} wrote is kept." if kept else f"{conflict.entry}: confirmed as combined."
    return Answer(data, [f"{done} Saved. Still open in this case: {len(left)}."])


def conflict_json(conflict: Conflict) -> Mapping[str, object]:
    """Return a conflict as the commands answer it; `entry` is the record's id, `field` as findings name it."""
    return {
        "case": conflict.case,
        "entry": conflict.record,
        "label": conflict.entry,
        "field": field_name(conflict),
        "hard": conflict.hard,
        "base": _plain_names(conflict.base) if not conflict.hard else conflict.base,
        "values": [
            {
                "revision": one.revision,
                "by": one.by,
                "at": plain(one.at),
                "value": one.value if conflict.hard else _plain_names(one.value),
            }
            for one in conflict.values
        ],
    }


def field_name(conflict: Conflict) -> str:
    """Return a field as findings name it: "how_often"; empty for what is combined."""
    return conflict.field.removeprefix("fields.")


def conflict_words(conflict: Conflict) -> str:
    """Return a conflict as one line for a person."""
    if not conflict.hard:
        names = ", ".join(field_words(name) for name in conflict.base) if isinstance(conflict.base, dict) else ""
        people = " and ".join(dict.fromkeys(one.by for one in conflict.values))
        return f"{conflict.entry}: combined from {people}, please check: {names}"
    told = "; ".join(f"{one.by} {_said(conflict, one)} [{one.revision}]" for one in conflict.values)
    return f"{conflict.entry}, {field_words(conflict.field)}: {told}"


def _said(conflict: Conflict, value: Value) -> str:
    if conflict.field == DELETED:
        return "took it away" if value.value else "changed it"
    return f"“{value_words(conflict.field, value.value)}”"


def _named(found: Sequence[Conflict], entry: str, field: str) -> Conflict:
    here = [one for one in found if entry in (one.record, one.entry)]
    wanted = "" if field == COMBINED else field
    for names in ((wanted,), (f"fields.{wanted}", f"${wanted}")):
        for one in here:
            if one.field in names:
                return one
    raise WrongUse(f"Nothing is open at {entry} {field}. The command conflicts lists what is; nothing was changed.")


def _kept(values: Sequence[Value], keep: str | None) -> Value:
    if keep:
        found = [one for one in values if one.revision.startswith(keep)]
        if len(found) == 1:
            return found[0]
    choice = ", ".join(f"{one.revision} ({one.by})" for one in values)
    raise WrongUse(f"Please name with --keep one of these revisions: {choice}. Nothing was changed.")


def _plain_names(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    return {str(name).removeprefix("fields."): inner for name, inner in value.items()}
