"""The restore drill: yesterday's database is put in place; the desks give back all that it has forgotten."""

from collections.abc import Iterator, Mapping

import pytest

from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.rulebook import RuleBook
from send_desk.services.syncing import Outcome, sync
from send_desk.wire.packed import Packed, unpack

from .field import Field
from .workload import Writer

_OLD = "019585a1-0c1f-7b52-8d04-5b6f7e3c21aa"
_NEW = "019585a1-0c1f-7b52-8d04-5b6f7e3c21bb"


@pytest.fixture
def field(books: Mapping[str, RuleBook], lists: CheckLists) -> Iterator[Field]:
    with Field(books, lists) as made:
        yield made


class Person:
    """One person at one desk, who writes and syncs, and opens the home for that each time."""

    def __init__(self, field: Field, number: int) -> None:
        self._field, self._number = field, number
        with field.desk(number) as (desk, _, _):
            self._writer = Writer(desk.user.id, desk.device, seed=number)

    def begins(self, case: str) -> Packed:
        return self._keep([self._writer.case(case, f"HD-{case[-2:]}")])[0]

    def writes(self, case: str, entries: int) -> list[Packed]:
        return self._keep([self._writer.change(case, f"{case}/{self._number}e{entry}") for entry in range(entries)])

    def syncs(self) -> Outcome:
        with self._field.desk(self._number) as (desk, _, office):
            return sync(desk, office)

    def holds(self) -> set[str]:
        with self._field.desk(self._number) as (_, home, _), home.store.reading() as driver:
            return {row[0] for row in driver.execute("SELECT id FROM revision")}

    def _keep(self, revisions: list[Packed]) -> list[Packed]:
        with self._field.desk(self._number) as (_, home, _), home.store.write() as unit:
            unit.append([unpack(one) for one in revisions])
        return revisions


def test_a_hub_restored_from_a_backup_gets_back_what_it_has_forgotten_and_says_so(field: Field) -> None:
    jo, sam, kit = (Person(field, number) for number in range(3))
    saved = {jo.begins(_OLD).id, *(one.id for one in jo.writes(_OLD, 20))}
    jo.syncs()
    with field.administrator as administrator:
        administrator.grant(_OLD, team="north")
    for person in (sam, kit):
        person.syncs()
    field.back_up()

    saved |= {one.id for person in (jo, sam) for one in person.writes(_OLD, 30)}
    saved.add(kit.begins(_NEW).id)
    saved |= {one.id for one in kit.writes(_NEW, 10)}
    for person in (jo, sam, kit, jo):
        person.syncs()
    lost = {one.id for one in sam.writes(_OLD, 5)}
    sam.syncs()
    jo.syncs()
    saved |= lost
    assert saved == field.history(_OLD).keys() | field.history(_NEW).keys()

    field.restore()
    assert len(field.history(_OLD)) == 21
    first = [person.syncs() for person in (jo, sam, kit)]
    assert [one.resync for one in first] == [True, True, True]
    assert all("restored" in " ".join(one.messages) for one in first)
    assert first[0].sent == 65  # what Sam wrote as well: Jo was the first to ask
    for person in (jo, sam, kit):
        person.syncs()
    assert field.history(_OLD).keys() | field.history(_NEW).keys() == saved
    last = [person.syncs() for person in (jo, sam, kit)]
    assert [(one.sent, one.received, one.waiting, one.refused, one.resync) for one in last] == [
        (0, 0, 0, (), False)
    ] * 3
    assert jo.holds() == sam.holds() == field.history(_OLD).keys()
    assert kit.holds() == saved


def test_without_a_restore_no_desk_says_that_there_was_one(field: Field) -> None:
    jo = Person(field, 0)
    jo.begins(_OLD)
    assert not jo.syncs().resync
    field.kill_hub()
    field.start_hub()
    jo.writes(_OLD, 1)
    assert not jo.syncs().resync
