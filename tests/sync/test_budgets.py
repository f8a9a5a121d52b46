"""The budgets of sync.md in turns and bytes, heads included, over a real socket; deterministic, so no clock is asked.

Entries are of 956 bytes, as in the measurements of the design; ids, times and words are made by `workload.py`.
"""

from collections.abc import Sequence
from uuid import UUID

import pytest

from send_desk.domain.ids import Role
from send_desk.hub.central import Caller, Offered
from send_desk.services.syncing import Outcome, sync
from send_desk.wire.packed import Packed, digest_of, mark_of, unpack
from tests.hub.office import Office

from .conftest import Colleague, Sit
from .workload import BODY, Writer

KB = 1024
MB = 1024 * KB
_CASE = "019585a1-0c1f-7b52-8d04-5b6f7e3c21aa"


def writer_of(one: Colleague, seed: int) -> Writer:
    """Return a writer of this person's revisions."""
    return Writer(one.desk.user.id, one.desk.device, seed=seed)


def keep(one: Colleague, revisions: Sequence[Packed]) -> None:
    """Let revisions be work done on this laptop."""
    with one.desk.store.write() as unit:
        unit.append([unpack(revision) for revision in revisions])


def total(outcome: Outcome) -> int:
    return outcome.bytes_up + outcome.bytes_down


@pytest.fixture
def pair(sit: Sit, hub: Office) -> tuple[Colleague, Colleague]:
    """Two people on one case of 200 entries, both up to date and both with a warm connection."""
    jo, sam = sit("Jo Marsh"), sit("Sam Field")
    writer = writer_of(jo, 1)
    keep(jo, [writer.case(_CASE, "HD-1"), *writer.revisions(_CASE, entries=200, each=1)])
    sync(jo.desk, jo.office())
    hub.central.grant(_CASE, account=hub.account("Sam Field"))
    sync(sam.desk, sam.office())
    keep(jo, list(writer.revisions(_CASE, entries=200, each=1)))
    return jo, sam


def test_an_empty_sync_is_one_turn_and_a_kilobyte_warm_and_three_turns_and_four_kilobytes_cold(sit: Sit) -> None:
    jo = sit("Jo Marsh")
    sync(jo.desk, jo.office())
    office = jo.office()
    cold, warm = sync(jo.desk, office), sync(jo.desk, office)
    assert (cold.turns, warm.turns) == (3, 1)
    assert total(cold) <= 4 * KB
    assert total(warm) <= KB


def test_200_edits_go_and_come_in_three_turns_and_as_few_bytes_as_agreed(pair: tuple[Colleague, Colleague]) -> None:
    jo, sam = pair
    theirs, ours = sam.office(), jo.office()
    sync(sam.desk, theirs)
    ours.hello()
    pushed = sync(jo.desk, ours)
    pulled = sync(sam.desk, theirs)
    assert (pushed.sent, pulled.received) == (200, 200)
    assert pushed.turns <= 3
    assert total(pushed) <= 60 * KB
    assert pulled.turns <= 3
    assert total(pulled) <= 55 * KB


def test_the_latest_state_of_5000_entries_is_a_first_download_of_four_turns(sit: Sit, hub: Office) -> None:
    sam = sit("Sam Field")
    told = fill(hub, cases=25, entries=200, each=1)
    first = sync(sam.desk, sam.office())
    assert first.received == told == 5000
    assert first.turns <= 4
    assert total(first) <= 1.3 * MB


def test_the_full_history_of_50000_revisions_fits_into_five_megabytes(sit: Sit, hub: Office) -> None:
    sam = sit("Sam Field")
    told = fill(hub, cases=100, entries=50, each=10)
    assert told == 50_000
    office = sam.office()
    with office.snapshot(()) as (head, batches):
        came = sum(len(batch) for batch in batches)
    assert came == head.revisions == told
    assert office.traffic.turns == 3  # one less than a first sync, which then pulls
    assert office.traffic.bytes_up + office.traffic.bytes_down <= 5 * MB


def fill(hub: Office, *, cases: int, entries: int, each: int) -> int:
    """Let Jo Marsh have written so many cases, all of them Sam Field's too; return how many revisions that are."""
    jo = hub.laptop("Jo Marsh")
    assert jo.enrol().status_code == 200
    caller = Caller(jo.authority, hub.account("Jo Marsh"), jo.device, Role.CASEWORKER)
    writer = Writer(jo.author, jo.device, seed=3)
    sizes = []
    for number in range(cases):
        case = str(UUID(int=number + 1, version=4))
        written = list(writer.revisions(case, entries=entries, each=each))
        sizes += [len(one.body) for one in written]
        offered = [Offered(one, digest_of(one), mark_of(one).digest) for one in written]
        assert not any(one.refused for one in hub.central.push(caller, offered, expects={}, seen=0, reads=()))
        hub.central.grant(case, account=hub.account("Sam Field"))
    assert abs(sum(sizes) / len(sizes) - BODY) < 60
    return len(sizes)
