"""One sync: what waits goes, what is new comes, attachments follow; afterwards every case reads as the feed made it.

Pure orchestration over `Office` and `SyncStore`. It may be cut off between any two steps: what was done is on the disk,
what was not is done by the next sync, and nothing that is done twice does harm. Words in work are left alone, because
somebody may be writing them; whoever calls closes them first (`close_words`).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from send_desk.domain.case import Case
from send_desk.wire.messages import WIPE

from .attaching import fetch_attachments, send_attachments
from .commit import close_kept
from .desk import Desk
from .encoding import local_id, record_key
from .office import Barred, Contact, Office
from .reading import renew_lines
from .sending import offer, push_all
from .sync_outcome import CLOCK_OFF, Outcome, Progress, Tally, Told, changes_words, clock_words
from .taking_in import TakingIn, name_of_case

if TYPE_CHECKING:
    from .conflicts import Conflict

__all__ = ["Outcome", "Progress", "close_words", "offer", "sync"]

_NAMED = 3
_FEW = 50
"""Up to how many changed cases have their lines renewed here; those of more are renewed by whoever shows the list."""

_WIPED = (
    "The office has barred this laptop. Everything that waited was sent, and the copy on this laptop has been made "
    "unreadable. Please bring the laptop to whoever looks after it."
)
_BARRED = (
    "The office has barred this laptop. What was written here is kept and goes to the office when it can be sent. "
    "Please speak to your manager."
)


def sync(desk: Desk, office: Office, *, case: str | None = None, progress: Told | None = None) -> Outcome:
    """Bring this desk and the office together; `case` goes first. Raises the errors of `Office`, in words.

    `progress` is told of every page, batch and chunk; what it raises ends the sync with every finished page kept.
    """
    told: Told = progress or (lambda _: None)
    tally = Tally(before=office.traffic)
    store = desk.store.sync
    contact = store.contact()
    try:
        if store.copies_due():
            store.renew_copies(desk.clock.now())
        hello = office.hello()
        if office.traffic.turns > tally.before.turns:
            contact = _with_clock(contact, hello.time, desk.clock.now())
        if case is not None:
            push_all(desk, office, tally, told, case=case)
        push_all(desk, office, tally, told)
        send_attachments(desk, office, told, hello.limits)
        tally.held = frozenset(desk.store.case_ids())
        way = TakingIn(desk, office, tally, told)
        way.all()
        way.purge_leaving()
        fetch_attachments(desk, office, told, case=case)
    except Barred as error:
        raise _barred(desk, office, tally, told, contact) from error
    except BaseException:
        if office.traffic.turns > tally.before.turns:
            _note(desk, office, contact)
        raise
    if store.copies_due():
        store.renew_copies(desk.clock.now())
    _note(desk, office, contact, whole=True)
    _renew(desk, tally)
    return _outcome(desk, office, tally, contact)


def close_words(desk: Desk) -> tuple[str, ...]:
    """Turn the words in work of every case into changes that can be sent; return the cases.

    Only where nobody has a case open: whoever has one closes its words through the file in hand.
    """
    cases = tuple(dict.fromkeys(words.case for words in desk.store.kept()))
    for case in cases:
        file = desk.store.case_file(case)
        if file is not None:
            close_kept(desk, file)
    return cases


def _barred(desk: Desk, office: Office, tally: Tally, told: Told, contact: Contact) -> Barred:
    store = desk.store.sync
    _note(desk, office, Contact(contact.lease_until, contact.ahead, contact.seen, contact.office_copy_at, barred=True))
    if office.orders != WIPE:
        return Barred(_BARRED)
    close_words(desk)
    push_all(desk, office, tally, told)
    if store.pending() or desk.store.kept():
        return Barred(_BARRED)
    store.destroy_key()
    return Barred(_WIPED, wiped=True)


def _with_clock(contact: Contact, hub_time: str, now: datetime) -> Contact:
    try:
        theirs = datetime.fromisoformat(hub_time)
    except ValueError:
        return contact
    if theirs.tzinfo is None:
        return contact
    ahead = (now - theirs).total_seconds()
    return Contact(contact.lease_until, ahead, contact.seen, contact.office_copy_at)


def _note(desk: Desk, office: Office, contact: Contact, *, whole: bool = False) -> None:
    now = desk.clock.now()
    desk.store.sync.put_contact(
        Contact(
            lease_until=office.lease_until or contact.lease_until,
            ahead=contact.ahead,
            seen=now,
            office_copy_at=now if whole else contact.office_copy_at,
            barred=contact.barred,
        )
    )


def _renew(desk: Desk, tally: Tally) -> None:
    held = set(desk.store.case_ids()) if tally.changed else set()
    changed = [case for case in tally.changed if case in held]
    if changed and len(changed) <= _FEW:
        renew_lines(desk, changed)


def _outcome(desk: Desk, office: Office, tally: Tally, contact: Contact) -> Outcome:
    found = _conflicts(desk)
    apart = _come_apart(tally, found)
    traffic = office.traffic.since(tally.before)
    ours = set(tally.refused)
    refused = tuple(one for one in desk.store.sync.refused() if one.revision in ours) if ours else ()
    return Outcome(
        sent=tally.sent,
        received=tally.received,
        refused=refused,
        waiting=sum(desk.store.waiting().values()),
        conflicts=found,
        resync=tally.resync,
        turns=traffic.turns,
        bytes_up=traffic.bytes_up,
        bytes_down=traffic.bytes_down,
        changed_cases=tuple(tally.changed),
        gone_cases=tuple(tally.gone),
        redacted_cases=tuple(sorted(tally.redacted)),
        mended_cases=tuple(sorted(tally.mended)),
        messages=tuple(_messages(desk, tally, contact, apart, measured=traffic.turns > 1)),
        at=desk.clock.now(),
        apart_cases=tuple(dict.fromkeys(one.case for one in apart)),
    )


def _conflicts(desk: Desk) -> "tuple[Conflict, ...]":
    if not desk.store.forked():
        return ()
    from .conflicts import conflicts  # an empty sync asks for none

    return conflicts(desk)


def _messages(desk: Desk, tally: Tally, contact: Contact, apart: "Sequence[Conflict]", *, measured: bool) -> list[str]:
    words = list(tally.remarks)
    if measured and abs(contact.ahead) > CLOCK_OFF.total_seconds():
        words.append(clock_words(contact.ahead))
    if tally.resync:
        words.append(
            "The office copy was restored or replaced. What is on this laptop was compared with it, and sent again "
            "where it was missing there; nothing was deleted."
        )
    words += _change_messages(desk, tally, but={record_key(one.case, one.record) for one in apart})
    words += _conflict_messages(desk, apart)
    words += [
        f"{name_of_case(desk, case)}: something was removed for good by the office (redacted), here and in its backups."
        for case in sorted(tally.redacted)
    ]
    words += [
        f"{name}: you are not on this case any more, so it was removed from this laptop."
        for name in tally.gone.values()
    ]
    words += [
        f"{name_of_case(desk, case)}: you are not on this case any more. It leaves this laptop when the words in work "
        "are sent and what only the tray holds is exported."
        for case in sorted(tally.held_back)
    ]
    words += [
        f"{name_of_case(desk, case)}: this laptop and the office copy differed, and were brought together again."
        for case in sorted(tally.mended)
    ]
    if tally.refused:
        words.append(
            "One change was not taken by the office. It is kept in the tray with its reason."
            if len(tally.refused) == 1
            else f"{len(tally.refused):,} changes were not taken by the office. They are kept in the tray, each with "
            "its reason."
        )
    return words


def _change_messages(desk: Desk, tally: Tally, *, but: Collection[str]) -> list[str]:
    """Say which cases came, and what others changed in those that were here, `but` for some records."""
    lines = _came(desk, tally)
    left = {
        case: {who: {one for one in records if one[1] not in but} for who, records in by.items()}
        for case, by in tally.changed.items()
        if case in tally.held
    }
    told = {case: {who: some for who, some in by.items() if some} for case, by in left.items() if any(by.values())}
    if len(told) > _FEW:
        return [*lines, f"{len(told)} cases were changed by others."]
    names = _names(desk) if told else {}
    for case, by in told.items():
        file = desk.store.case_file(case)
        if file is None:
            continue
        places: dict[str, list[str]] = {}
        for author, records in by.items():
            who = names.get(author, "a colleague")
            places.setdefault(who, []).extend(_place(file.case, kind, key) for kind, key in sorted(records))
        lines.append(changes_words(file.case.title, places))
    return lines


def _come_apart(tally: Tally, found: "Sequence[Conflict]") -> "Sequence[Conflict]":
    """Return what stands open between people in records that came by this sync, each record once."""
    came = {(case, key) for case, by in tally.changed.items() for records in by.values() for _, key in records}
    apart = {(one.case, record_key(one.case, one.record)): one for one in found}
    return tuple(one for place, one in apart.items() if place in came)


def _conflict_messages(desk: Desk, apart: "Sequence[Conflict]") -> list[str]:
    if not apart:
        return []
    if len(apart) > _NAMED:
        return [f"{len(apart)} entries were written by two people apart. All versions are kept; please choose."]
    from .conflicts import written_by

    return [
        f"{name_of_case(desk, one.case)}: {written_by(one)} wrote in {one.entry} apart. "
        + ("Both versions are kept; please choose." if one.hard else "It stands combined; please check it.")
        for one in apart
    ]


def _came(desk: Desk, tally: Tally) -> list[str]:
    """Say which cases are new on this laptop: of those nothing changed, they came."""
    came = [case for case in desk.store.case_ids() if case in tally.changed and case not in tally.held]
    if len(came) > _NAMED:
        return [f"{len(came)} cases came to this laptop."]
    return [f"{name_of_case(desk, case)}: this case came to this laptop." for case in came]


def _place(case: Case, kind: str, key: str) -> str:
    from .record_words import record_words

    return record_words(case, kind, local_id(case.id, key))


def _names(desk: Desk) -> Mapping[str, str]:
    return {author: person.name for person in desk.store.sync.people() for author in person.authors}
