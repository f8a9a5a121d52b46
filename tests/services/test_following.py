"""What came from the office is taken in, but a record in somebody's hands stays as it was opened (sync.md, rule 1)."""

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from send_desk.domain.entry import Entry
from send_desk.domain.ids import EntryKind, Section
from send_desk.domain.revision import DELETED, Revision
from send_desk.domain.text import from_words, to_words
from send_desk.services import casework, drafting
from send_desk.services.desk import Desk
from send_desk.services.encoding import record_key
from send_desk.services.following import follow
from send_desk.services.ports import CaseFile

Arrive = Callable[..., None]


@pytest.fixture
def file(desk: Desk) -> CaseFile:
    file = casework.new_case(
        desk, first_names="Ava", surname="Thornley", born=desk.today.replace(year=2016), received=desk.today
    )
    file, _ = drafting.add_entry(desk, file, Section.B, EntryKind.NEED, text=from_words("As I opened it."))
    file, _ = drafting.add_entry(desk, file, Section.B, EntryKind.NEED, text=from_words("Another need."))
    return file


@pytest.fixture
def arrive(desk: Desk) -> Arrive:
    """A colleague's change comes with a sync: a revision on the heads that stand in the office copy."""

    def came(file: CaseFile, record: str, **fields: object) -> None:
        key = record_key(file.case.id, record)
        with desk.store.write() as unit:
            unit.append(
                [
                    Revision(
                        id=str(uuid4()),
                        record=key,
                        kind="entry",
                        case=file.case.id,
                        authority=desk.user.authority,
                        parents=file.heads[key],
                        fields=fields,
                        author=str(uuid4()),
                        device=str(uuid4()),
                        made_at=desk.clock.now(),
                    )
                ]
            )

    return came


def words(file: CaseFile | None) -> list[str]:
    assert file is not None
    return [to_words(entry.text) for entry in file.case.entries]


def entries(file: CaseFile) -> tuple[Entry, ...]:
    return file.case.entries


def test_what_nobody_holds_follows(desk: Desk, file: CaseFile, arrive: Arrive) -> None:
    arrive(file, entries(file)[0].id, text="As a colleague put it.")
    assert words(follow(desk, file)) == ["As a colleague put it.", "Another need."]


def test_the_record_in_hand_stays_and_what_is_written_next_stands_beside_the_other(
    desk: Desk, file: CaseFile, arrive: Arrive
) -> None:
    held, other = entries(file)[0].id, entries(file)[1].id
    arrive(file, held, text="As a colleague put it.")
    arrive(file, other, text="Another need, said better.")
    followed = follow(desk, file, {held})
    assert words(followed) == ["As I opened it.", "Another need, said better."]
    assert followed is not None
    written = drafting.close(desk, drafting.keep(desk, followed, held, "text", "As I wrote it.").file)
    after = follow(desk, written)
    assert after is not None
    key = record_key(file.case.id, held)
    assert len(after.heads[key]) == 2
    assert [conflict.field for conflict in after.merged[key].conflicts] == ["text"]
    history = desk.store.history(key)
    assert {str(one.fields.get("text")) for one in history if "text" in one.fields} >= {"As a colleague put it."}
    assert history[-1].parents == history[-2].parents  # both are children of what was opened


def test_a_record_in_hand_that_a_colleague_takes_away_stays_under_the_cursor(
    desk: Desk, file: CaseFile, arrive: Arrive
) -> None:
    held = entries(file)[0].id
    arrive(file, held, **{DELETED: True})
    assert words(follow(desk, file, {held})) == words(file)
    assert words(follow(desk, file)) == ["Another need."]


def test_the_child_in_hand_stays_while_entries_follow(desk: Desk, file: CaseFile, arrive: Arrive) -> None:
    case = file.case.id
    with desk.store.write() as unit:
        last = desk.store.history(case)[-1]
        unit.append([replace(last, id=str(uuid4()), parents=file.heads[case], fields={"child.known_as": "Avie"})])
    arrive(file, entries(file)[0].id, text="As a colleague put it.")
    followed = follow(desk, file, {case})
    assert followed is not None
    assert followed.case.child.known_as == ""
    assert words(followed) == ["As a colleague put it.", "Another need."]
    fresh = follow(desk, file)
    assert fresh is not None
    assert fresh.case.child.known_as == "Avie"


def test_a_case_that_is_no_longer_here_is_none(desk: Desk, file: CaseFile) -> None:
    with desk.store.write() as unit:
        last = desk.store.history(file.case.id)[-1]
        unit.append([replace(last, id=str(uuid4()), parents=file.heads[file.case.id], fields={DELETED: True})])
    assert follow(desk, file) is None
