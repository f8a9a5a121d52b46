"""Issuing on desks that have an office: two real homes, the hub's real feed between them, nothing on a network."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from send_desk.domain.checks.lists import CheckLists
from send_desk.domain.errors import Refused
from send_desk.domain.ids import EntryKind, Role, Section, Version
from send_desk.domain.rulebook import RuleBook
from send_desk.hub.central import Device
from send_desk.services import casework, conflicts, drafting, issuing, reading
from send_desk.services.desk import Desk
from send_desk.services.office import Enrolment, Offline
from send_desk.services.ports import CaseFile, User
from send_desk.services.syncing import sync
from send_desk.storage.home import OpenHome, create_home
from send_desk.wire.messages import PullAnswer
from tests.conftest import FixedClock, SeededIds
from tests.model.line import Exchange, Line
from tests.model.memory_central import MemoryCentral

NOW = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
WHY = "The Tribunal ordered it."


@dataclass
class Together:
    """A desk with its line to the office."""

    desk: Desk
    line: Line

    def sync(self) -> None:
        sync(self.desk, self.line)

    def file(self) -> CaseFile:
        return reading.open_case(self.desk, "HD-1")

    def issue(self, reason: str = WHY) -> CaseFile:
        return issuing.issue_final(self.desk, self.file(), override_reason=reason, office=self.line)


class _Ids(SeededIds):
    """Ids of a second laptop, apart from those of the first."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.count = place * 10_000
        self.random.seed(place)


@dataclass
class Town:
    """An office: `enter` gives somebody an enrolled laptop; `central` is where cases are granted."""

    enter: Callable[[str, Role], Together]
    central: MemoryCentral


@pytest.fixture
def town(tmp_path: Path, books: dict[str, RuleBook], lists: CheckLists) -> Iterator[Town]:
    """Give somebody a laptop of their own, enrolled at one and the same office."""
    clock = FixedClock()
    central = MemoryCentral("999", now=clock.now)
    exchange = Exchange(central, clock, page=50)
    opened: list[OpenHome] = []

    def make(name: str, role: Role) -> Together:
        place = len(opened) + 1
        user = User(f"00000000-0000-4000-8000-00000000000{place}", name, role, "999")
        laptop = f"00000000-0000-4000-8000-0000000000a{place}"
        home = create_home(
            tmp_path / f"home{place}",
            "three quiet herons",
            user=user,
            authority_name="Harrowdale",
            device=laptop,
            recovery_public_key=None,
            now=NOW,
        )
        opened.append(home)
        account = central.add_user(name, role, account=f"account-{place}")
        central.team("south", add=(account,))
        central.enrol(Device("999", laptop, account, b"key", NOW, NOW), author=user.id, machine="", version="")
        central.renewed(laptop, version="", signed_in=True)
        home.store.sync.put_enrolment(
            Enrolment(
                "https://hub.example", laptop, b"key", b"key", account=account, name=name, role=role, enrolled_at=NOW
            )
        )
        desk = Desk(home.store, user, laptop, books, lists, clock, _Ids(place), "Harrowdale")
        return Together(desk, Line(exchange, laptop))

    yield Town(make, central)
    for home in opened:
        home.close()
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def both(town: Town) -> tuple[Together, Together]:
    """Two managers with one case, synced on both laptops, whose plan findings hold."""
    jo, sam = town.enter("Jo Marsh", Role.MANAGER), town.enter("Sam Okoro", Role.MANAGER)
    file = casework.new_case(
        jo.desk,
        first_names="Ava",
        surname="Thornley",
        born=date(2016, 5, 4),
        received=date(2026, 1, 5),
        reference="HD-1",
    )
    drafting.add_entry(jo.desk, file, Section.F, EntryKind.PROVISION, fields={"who": "a teacher"})
    jo.sync()
    town.central.grant(file.case.id, account="account-2")
    sam.sync()
    return jo, sam


def provide(one: Together, **fields: str) -> None:
    file = one.file()
    (entry,) = file.case.section(Section.F)
    drafting.change_entry(one.desk, file, replace(entry, fields={**entry.fields, **fields}))


def test_a_connected_desk_issues_with_a_record_of_what_it_rests_on(both: tuple[Together, Together]) -> None:
    jo, sam = both
    issued = jo.issue()
    assert issued.case.version is Version.FINAL
    (issue,) = issued.case.issues
    assert (issue.by, issue.role, issue.on) == ("Jo Marsh", Role.MANAGER, date(2026, 3, 3))
    assert issue.count > 0
    assert issued.case.overrides[0].reason == WHY
    assert sum(jo.desk.store.waiting().values()) == 0
    sam.sync()
    assert sam.file().case == jo.file().case
    assert jo.desk.store.summaries()[0].stage == sam.desk.store.summaries()[0].stage


def test_the_second_to_issue_is_told_by_name_who_was_first(both: tuple[Together, Together]) -> None:
    jo, sam = both
    jo.issue()
    with pytest.raises(Refused, match=r"Jo Marsh made this plan final on 3 March 2026\. Nothing was issued again"):
        sam.issue()
    assert len(sam.file().case.issues) == 1


def test_what_came_between_the_look_and_the_issue_is_refused_by_the_office(
    both: tuple[Together, Together], monkeypatch: pytest.MonkeyPatch
) -> None:
    jo, sam = both
    provide(sam, what="reading")
    asked = jo.line.pull

    def pull(wish: object) -> PullAnswer:
        answer = asked(wish)  # type: ignore[arg-type]  # handed on as it comes
        if not answer.more:
            monkeypatch.setattr(jo.line, "pull", asked)
            sam.sync()
        return answer

    monkeypatch.setattr(jo.line, "pull", pull)
    before = jo.file().case
    with pytest.raises(Refused, match="office copy of this plan has changed"):
        jo.issue()
    assert jo.file().case == before
    assert jo.issue().case.version is Version.FINAL


def test_offline_nothing_is_issued_and_nothing_is_changed(both: tuple[Together, Together]) -> None:
    jo, _ = both
    before = jo.file()
    with pytest.raises(Offline, match="connected"):
        issuing.issue_final(jo.desk, before, override_reason=WHY)
    assert jo.file() == before


def test_open_conflicts_hard_or_soft_hold_the_plan_and_name_the_entries(both: tuple[Together, Together]) -> None:
    jo, sam = both
    provide(jo, who="an assistant")
    provide(sam, who="a therapist")
    sam.sync()
    with pytest.raises(Refused, match="brought together in F1"):
        jo.issue()
    file = jo.file()
    (found,) = conflicts.conflicts(jo.desk)
    assert {one.by for one in found.values} == {"Jo Marsh", "Sam Okoro"}
    conflicts.resolve(jo.desk, file, found.record, found.field, keep=found.values[0].revision)
    jo.sync()
    sam.sync()
    assert conflicts.counts(sam.desk) == {}
    provide(jo, what="reading")
    provide(sam, how_often="weekly")
    sam.sync()
    with pytest.raises(Refused, match="brought together in F1"):
        jo.issue()
    conflicts.accept_combined(jo.desk, jo.file(), found.record)
    assert jo.issue().case.version is Version.FINAL


def test_a_caseworker_s_request_reaches_the_manager_whose_desk_issues(town: Town) -> None:
    jo, sam = town.enter("Jo Marsh", Role.CASEWORKER), town.enter("Sam Okoro", Role.MANAGER)
    file = casework.new_case(
        jo.desk,
        first_names="Ava",
        surname="Thornley",
        born=date(2016, 5, 4),
        received=date(2026, 1, 5),
        reference="HD-1",
    )
    jo.sync()
    town.central.grant(file.case.id, account="account-2")
    with pytest.raises(Refused, match="Only a manager can allow issue"):
        jo.issue()
    jo.sync()
    sam.sync()
    (request,) = sam.file().case.override_requests
    assert (request.by, request.reason) == ("Jo Marsh", WHY)
    issued = sam.issue("Agreed.")
    assert issued.case.overrides[0].request == request.id
    jo.sync()
    assert jo.file().case.version is Version.FINAL
    assert jo.file().case.overrides[0].by == "Sam Okoro"


def test_a_desk_alone_writes_what_its_issue_rests_on_too(desk: Desk) -> None:
    alone = replace(desk, user=replace(desk.user, role=Role.MANAGER))
    file = casework.new_case(
        alone, first_names="Ava", surname="Thornley", born=date(2016, 5, 4), received=date(2026, 1, 5), reference="HD-1"
    )
    issued = issuing.issue_final(alone, file, override_reason=WHY, printed="ab" * 32)
    (issue,) = issued.case.issues
    assert (issue.by, issue.count, issue.printed) == ("Jo Marsh", 2, "ab" * 32)
    assert issue.digest != 0
    assert reading.open_case(alone, "HD-1") == issued
