"""Two desks and a hub on loopback: what goes, what comes, what leaves, and how little of it goes over the wire."""

import hashlib
import random
from datetime import timedelta

import pytest

from send_desk.domain.errors import Refused, WrongUse
from send_desk.domain.ids import Cell, EntryKind, Section
from send_desk.domain.revision import Revision
from send_desk.domain.text import from_words
from send_desk.services import advice, drafting
from send_desk.services.leasing import must_sign_in, office_state
from send_desk.services.office import Barred, Offline, SignInNeeded, Stopped
from send_desk.services.reading import open_case
from send_desk.services.reads import note_read
from send_desk.services.syncing import Outcome, close_words, offer, sync
from send_desk.services.tray import export_tray, tray, try_again
from send_desk.storage.mapping import PACKED_COLUMNS
from send_desk.wire import refusals
from tests.hub.office import Office

from .conftest import Colleague, Sit


def provision(one: Colleague, case: str, words: str) -> str:
    """Write an entry in F; return its id."""
    file = open_case(one.desk, case)
    _, entry = drafting.add_entry(one.desk, file, Section.F, EntryKind.PROVISION, text=from_words(words))
    return entry.id


def rows(one: Colleague) -> set[tuple[object, ...]]:
    """Return every revision of a desk, byte by byte, but for receipts: they are each reader's own."""
    columns = PACKED_COLUMNS.removesuffix(", receipt")
    with one.opened.store.reading() as driver:
        return set(driver.execute(f"SELECT {columns} FROM revision").fetchall())  # noqa: S608  constant names


def synced(one: Colleague) -> Outcome:
    return sync(one.desk, one.office())


def test_what_one_writes_another_reads_byte_by_byte(sit: Sit, hub: Office) -> None:
    jo, sam = sit("Jo Marsh"), sit("Sam Field")
    case = jo.new_case("HD-1")
    provision(jo, case.id, "A quiet room for every test")
    first = synced(jo)
    assert (first.sent, first.received, first.waiting, first.refused, first.resync) == (3, 0, 0, (), False)
    assert synced(sam).received == 0
    hub.central.grant(case.id, account=hub.account("Sam Field"))
    told = synced(sam)
    assert told.received == 3
    assert told.changed_cases == (case.id,)
    assert told.messages == ("Ava Thornley: this case came to this laptop.",)
    assert rows(jo) == rows(sam)
    assert open_case(sam.desk, "HD-1").case == open_case(jo.desk, "HD-1").case
    assert [line.name for line in sam.desk.store.summaries()] == ["Ava Thornley"]
    assert sam.desk.store.saved_at() is None


def test_a_desk_that_worked_alone_brings_its_work_along_and_starts_where_the_feed_is(sit: Sit) -> None:
    jo = sit()
    jo.new_case("HD-1")
    state = jo.enrol("Jo Marsh")
    assert (state.enrolled, state.name, state.days_left, state.warned) == (True, "Jo Marsh", 14, False)
    told = synced(jo)
    assert (told.sent, told.received, told.waiting, told.resync) == (2, 0, 0, False)
    assert synced(jo).received == 0
    assert [person.name for person in jo.desk.store.sync.people()] == ["Ada Reed", "Jo Marsh", "Sam Field"]


def test_with_nothing_to_do_one_turn_is_enough_and_no_more_than_a_kilobyte(sit: Sit) -> None:
    jo = sit("Jo Marsh")
    jo.new_case("HD-1")
    office = jo.office()
    sync(jo.desk, office)
    warm = sync(jo.desk, office)
    assert warm.turns == 1
    assert warm.bytes_up + warm.bytes_down <= 1024
    cold = synced(jo)
    assert cold.turns == 3
    assert cold.bytes_up + cold.bytes_down <= 4096


def test_words_in_work_wait_until_they_are_closed(sit: Sit) -> None:
    jo = sit("Jo Marsh")
    case = jo.new_case("HD-1")
    entry = provision(jo, case.id, "A quiet room")
    drafting.keep(jo.desk, open_case(jo.desk, "HD-1"), entry, "text", "A quiet room, always")
    assert synced(jo).waiting == 1
    assert close_words(jo.desk) == (case.id,)
    assert synced(jo).waiting == 0


def test_the_same_field_written_apart_is_a_conflict_by_name_in_both_places(sit: Sit, hub: Office) -> None:
    jo, sam = sit("Jo Marsh"), sit("Sam Field")
    case = jo.new_case("HD-1")
    entry = provision(jo, case.id, "A quiet room")
    synced(jo)
    hub.central.grant(case.id, account=hub.account("Sam Field"))
    synced(sam)
    for one, words in ((jo, "A quiet room daily"), (sam, "A quiet room weekly")):
        file = drafting.keep(one.desk, open_case(one.desk, "HD-1"), entry, "text", words).file
        drafting.close(one.desk, file)
    synced(jo)
    (theirs,) = synced(sam).conflicts
    (ours,) = synced(jo).conflicts
    assert (theirs.case, theirs.record, theirs.field) == (ours.case, ours.record, "text") == (case.id, entry, "text")
    assert {value.by for value in ours.values} == {"Jo Marsh", "Sam Field"}
    assert rows(jo) == rows(sam)


def test_a_lost_answer_is_no_loss_and_no_double(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    jo = sit("Jo Marsh")
    jo.new_case("HD-1")
    office = jo.office()
    with monkeypatch.context() as broken:
        taken = office.push

        def lost(wish: object) -> None:
            taken(wish)  # type: ignore[arg-type]  the very wish, passed on
            raise Offline("The answer never came.")

        broken.setattr(office, "push", lost)
        with pytest.raises(Offline):
            sync(jo.desk, office)
    assert jo.desk.store.sync.pending() == 2
    told = sync(jo.desk, office)
    assert (told.sent, told.received, told.waiting) == (2, 0, 0)
    assert len(rows(jo)) == 2


def test_a_withdrawn_case_leaves_every_file_of_the_home(sit: Sit, hub: Office) -> None:
    jo, sam = sit("Jo Marsh"), sit("Sam Field")
    case = jo.new_case("HD-1")
    provision(jo, case.id, "Zanzibar")
    synced(jo)
    hub.central.grant(case.id, account=hub.account("Sam Field"))
    synced(sam)
    sam.opened.backup(sam.clock.now())
    sam.desk.store.search("zanzibar")
    provision(sam, case.id, "Zebra")
    hub.central.withdraw(case.id, account=hub.account("Sam Field"))
    told = synced(sam)
    assert (told.sent, told.gone_cases, told.refused) == (1, (case.id,), ())
    assert "you are not on this case any more" in told.messages[0]
    assert rows(sam) == set()
    assert sam.desk.store.summaries() == ()
    assert not sam.desk.store.sync.copies_due()
    assert synced(jo).received == 1
    again = synced(sam)
    assert (again.turns, again.gone_cases, again.mended_cases) == (3, (), ())


def test_a_case_with_words_in_work_leaves_when_they_are_saved(sit: Sit, hub: Office) -> None:
    jo, sam = sit("Jo Marsh"), sit("Sam Field")
    case = jo.new_case("HD-1")
    entry = provision(jo, case.id, "A quiet room")
    synced(jo)
    hub.central.grant(case.id, account=hub.account("Sam Field"))
    synced(sam)
    drafting.keep(sam.desk, open_case(sam.desk, "HD-1"), entry, "text", "A quiet room for Ava")
    hub.central.withdraw(case.id, account=hub.account("Sam Field"))
    told = synced(sam)
    assert told.gone_cases == ()
    assert "leaves this laptop when the words in work" in told.messages[-1]
    sam.reopen()
    close_words(sam.desk)
    assert synced(sam).gone_cases == (case.id,)
    synced(jo)
    assert open_case(jo.desk, "HD-1").case.entries[0].words == "A quiet room for Ava"


def test_what_is_redacted_is_empty_everywhere(sit: Sit, hub: Office) -> None:
    jo = sit("Jo Marsh")
    case = jo.new_case("HD-1")
    entry = provision(jo, case.id, "Zanzibar")
    synced(jo)
    jo.desk.store.search("zanzibar")
    (revision,) = jo.desk.store.history(f"{case.id}/{entry}")
    hub.central.redact(case.id, [revision.id])
    told = synced(jo)
    assert (told.redacted_cases, told.mended_cases) == ((case.id,), ())
    (emptied,) = jo.desk.store.history(f"{case.id}/{entry}")
    assert (emptied.fields, len(emptied.redacted)) == ({}, 64)
    assert jo.desk.store.search("zanzibar") == ()
    assert synced(jo).turns == 3


def test_a_restored_hub_is_given_back_what_it_lost(sit: Sit, hub: Office) -> None:
    jo, sam = sit("Jo Marsh"), sit("Sam Field")
    case = jo.new_case("HD-1")
    synced(jo)
    hub.central.grant(case.id, account=hub.account("Sam Field"))
    synced(sam)
    kept = hub.central.backup()
    provision(jo, case.id, "Written after the backup")
    synced(jo)
    synced(sam)
    hub.central.restore(kept)
    told = synced(sam)
    assert told.resync
    assert "nothing was deleted" in told.messages[0]
    # Sam's laptop had Jo's words with the hub's own receipt, so there is nothing left for Jo's to give back.
    assert not synced(jo).resync
    assert rows(jo) == rows(sam)
    assert len(hub.central.books.log) == len(rows(jo)) == 3


def test_a_refused_change_is_in_the_tray_with_its_reason_and_blocks_nothing(sit: Sit) -> None:
    jo = sit("Jo Marsh")
    case = jo.new_case("HD-1")
    synced(jo)
    override = Revision(
        id=jo.desk.ids.new(),
        record=f"{case.id}/o1",
        kind="override",
        case=case.id,
        authority="999",
        parents=(),
        fields={"reason": "Because I say so"},
        author=jo.desk.user.id,
        device=jo.desk.device,
        made_at=jo.clock.now(),
    )
    with jo.opened.store.write() as unit:
        unit.append([override])
    provision(jo, case.id, "A quiet room")
    told = synced(jo)
    (refused,) = told.refused
    assert (refused.revision, refused.code, told.sent, told.waiting) == (override.id, refusals.ROLE, 1, 0)
    assert refused.words == refusals.WORDS[refusals.ROLE]
    assert office_state(jo.desk).refused == len(tray(jo.desk)) == 1
    assert b"Because I say so" in export_tray(jo.desk)
    assert (synced(jo).refused, synced(jo).mended_cases) == ((), ())
    try_again(jo.desk, override.id)
    assert (tray(jo.desk), jo.desk.store.waiting()) == ((), {case.id: 1})
    assert len(synced(jo).refused) == 1
    jo.reopen()
    assert [one.revision for one in tray(jo.desk)] == [override.id]
    with pytest.raises(WrongUse, match="no change"):
        try_again(jo.desk, "nothing of the kind")


def test_attachments_go_both_ways_in_chunks(sit: Sit, hub: Office) -> None:
    jo, sam = sit("Jo Marsh"), sit("Sam Field")
    case = jo.new_case("HD-1")
    content = bytes(range(256)) * 10_000
    paper = advice.Paper("report.txt", content, ("A page",))
    advice.add_document(jo.desk, open_case(jo.desk, "HD-1"), paper, cell=Cell.HEALTH)
    steps: list[str] = []
    office = jo.office()
    sync(jo.desk, office, progress=lambda step: steps.append(step.step))
    assert steps.count("attachments") == 3
    assert sync(jo.desk, office).turns == 1
    hub.central.grant(case.id, account=hub.account("Sam Field"))
    calls = sam.office()

    def stop_half_way(progress: object) -> None:
        if getattr(progress, "step", "") == "attachments":
            raise Stopped("Stopped by hand.")

    with pytest.raises(Stopped):
        sync(sam.desk, calls, progress=stop_half_way)
    (partly,) = sam.desk.store.sync.to_fetch()
    assert 0 < partly.held < len(content)
    sync(sam.desk, calls)
    assert sam.desk.store.blob(hashlib.sha256(content).hexdigest()) == content
    assert sam.desk.store.sync.to_fetch() == ()


def test_who_looked_is_told_to_the_office(sit: Sit) -> None:
    jo = sit("Jo Marsh")
    case = jo.new_case("HD-1")
    note_read(jo.desk, case.id, "printed", "draft")
    office = jo.office()
    sync(jo.desk, office)
    assert jo.desk.store.sync.reads() == ()
    assert any(line.get("what") == "printed" for line in office.looked(case.id).lines)


def test_a_barred_laptop_sends_what_waits_and_destroys_its_key(sit: Sit, hub: Office) -> None:
    jo = sit("Jo Marsh")
    case = jo.new_case("HD-1")
    synced(jo)
    entry = provision(jo, case.id, "The last words")
    drafting.keep(jo.desk, open_case(jo.desk, "HD-1"), entry, "text", "The very last words")
    hub.central.bar(jo.desk.device)
    with pytest.raises(Barred, match="made unreadable") as told:
        synced(jo)
    assert told.value.wiped
    assert not (jo.opened.path / "keys.json").exists()
    assert len(hub.central.books.log) == 4


def test_the_lease_is_warned_of_ends_and_is_renewed_by_a_sign_in(sit: Sit, hub: Office) -> None:
    jo = sit("Jo Marsh", ahead=timedelta(days=400))
    hub.clock.pass_(days=9)
    assert not office_state(jo.desk).warned
    hub.clock.pass_(days=2)
    assert office_state(jo.desk).warned
    must_sign_in(jo.desk)
    hub.clock.pass_(days=4)
    with pytest.raises(SignInNeeded, match="14 days"):
        must_sign_in(jo.desk)
    with pytest.raises(SignInNeeded, match="14 days"):
        synced(jo)
    state = jo.enrol("Jo Marsh")
    assert (state.ended, state.days_left) == (False, 14)
    must_sign_in(jo.desk)


def test_a_clock_set_back_lengthens_no_lease(sit: Sit, hub: Office) -> None:
    from send_desk.services.leasing import note_now

    jo = sit("Jo Marsh")
    hub.clock.pass_(days=15)
    note_now(jo.desk)
    jo.clock.ahead = -timedelta(days=10)
    with pytest.raises(SignInNeeded):
        must_sign_in(jo.desk)


def test_a_wrong_clock_is_told(sit: Sit) -> None:
    jo = sit("Jo Marsh", ahead=-timedelta(hours=3))
    told = synced(jo)
    assert told.messages[0].startswith("The clock of this laptop is 3 hours behind the office's.")
    assert synced(sit("Sam Field", ahead=timedelta(minutes=4))).messages == ()


def test_a_wrong_password_and_another_hub_are_refused_in_words(sit: Sit) -> None:
    jo = sit()
    with pytest.raises(SignInNeeded):
        jo.enrol("Jo Marsh", password="not this one")
    assert not office_state(jo.desk).enrolled
    jo.enrol("Jo Marsh")
    with pytest.raises(Refused, match="belongs to the hub"):
        jo.enrol("Jo Marsh", hub="https://other.example")


def test_one_change_that_is_too_large_stands_alone_in_the_tray(sit: Sit) -> None:
    jo = sit("Jo Marsh")
    case = jo.new_case("HD-1")
    dice = random.Random(1)  # noqa: S311  bytes that do not shrink
    words = dice.randbytes(9_000_000).hex()
    large = provision(jo, case.id, words)
    provision(jo, case.id, "A quiet room")
    told = synced(jo)
    (refused,) = told.refused
    assert (refused.record, refused.code) == (f"{case.id}/{large}", refusals.TOO_LARGE)
    assert (told.sent, told.waiting) == (3, 0)
    assert synced(jo).sent == 0


def test_an_issue_is_taken_whole_on_what_the_office_knows_or_not_at_all(sit: Sit, hub: Office) -> None:
    jo, sam = sit("Jo Marsh"), sit("Sam Field")
    case = jo.new_case("HD-1")
    synced(jo)
    hub.central.grant(case.id, account=hub.account("Sam Field"))
    synced(sam)
    before = jo.desk.store.sync.marks()[case.id]
    provision(sam, case.id, "Written meanwhile")
    synced(sam)
    with pytest.raises(Refused, match="has changed"):
        offer(jo.desk, jo.office(), [final(jo, case.id)], {case.id: before})
    assert jo.desk.store.waiting() == {}
    synced(jo)
    provision(jo, case.id, "Not sent yet")
    with pytest.raises(Refused, match="Sync first"):
        offer(jo.desk, jo.office(), [final(jo, case.id)], {case.id: jo.desk.store.sync.marks()[case.id]})
    synced(jo)
    made = final(jo, case.id)
    offer(jo.desk, jo.office(), [made], {case.id: jo.desk.store.sync.marks()[case.id]})
    assert (jo.desk.store.waiting(), jo.desk.store.history(case.id)[-1].id) == ({}, made.id)
    told = synced(jo)
    assert (told.received, told.mended_cases) == (0, ())
    with pytest.raises(Refused, match="Jo Marsh"):
        offer(sam.desk, sam.office(), [final(sam, case.id)], {case.id: sam.desk.store.sync.marks()[case.id]})
    synced(sam)
    assert rows(jo) == rows(sam)


def test_a_restored_hub_is_given_back_the_final_that_only_its_issuer_holds(sit: Sit, hub: Office) -> None:
    jo = sit("Jo Marsh")
    case = jo.new_case("HD-1")
    synced(jo)
    kept = hub.central.backup()
    made = final(jo, case.id)
    offer(jo.desk, jo.office(), [made], {case.id: jo.desk.store.sync.marks()[case.id]})
    assert synced(jo).received == 0
    hub.central.restore(kept)
    told = synced(jo)
    assert told.resync
    assert (told.refused, told.waiting) == ((), 0)
    assert made.id in hub.central.books.log


def final(one: Colleague, case: str) -> Revision:
    """Return the revision that makes a plan final."""
    parents = open_case(one.desk, case).heads[case]
    now, user = one.clock.now(), one.desk.user
    fields = {"version": "final"}
    return Revision(one.desk.ids.new(), case, "case", case, "999", parents, fields, user.id, one.desk.device, now)
