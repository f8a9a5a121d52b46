"""What a member of a case cannot do to his colleagues' work, on PostgreSQL and in memory alike."""

import hashlib
from dataclasses import replace

import pytest

from send_desk.domain.ids import Role
from send_desk.hub.central import Denied
from send_desk.wire import refusals
from send_desk.wire.packed import Mark

from .ground import Ground, Laptop

CASE, OTHER = "case-0001-boats", "case-0002-trains"


class Hostile:
    """Derive the class and give it a fixture `ground`, as with `Conformance`."""

    @pytest.fixture
    def jo(self, ground: Ground) -> Laptop:
        return Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER))

    @pytest.fixture
    def may(self, ground: Ground, jo: Laptop) -> Laptop:
        """A manager who is on Jo's case."""
        jo.push(jo.write(CASE, kind="case", record=CASE, body=b'{"reference":"E1"}'))
        jo.pull()
        made = Laptop.of(ground, "may", ground.add_user("may", Role.MANAGER), Role.MANAGER)
        ground.grant(CASE, user="may")
        made.pull()
        return made

    def test_a_managers_override_is_not_written_into_under_another_name(self, jo: Laptop, may: Laptop) -> None:
        override = may.write(CASE, kind="override", record=f"{CASE}/o1", body=b'{"reason":"agreed with the family"}')
        assert may.push(override, needs=Role.MANAGER)[0].refused == ""
        jo.pull()
        for parents in ((override.id,), ()):
            trick = jo.write(CASE, kind="override_request", record=override.record, parents=parents, body=b"{}")
            assert jo.push(trick)[0].refused == refusals.KNOWN_OTHERWISE

    def test_a_plan_is_not_made_final_by_what_calls_itself_a_note(self, jo: Laptop, may: Laptop) -> None:
        final = b'{"version":"final"}'
        note = jo.write(CASE, kind="contact", record=CASE, body=final)
        second = jo.write(CASE, kind="case", record=f"{CASE}/second", body=final)
        assert [one.refused for one in jo.push(note, second)] == [refusals.UNREADABLE] * 2
        assert may.page().revisions == ()

    def test_a_record_is_of_one_kind_within_one_push_too(self, jo: Laptop) -> None:
        made = [jo.write(CASE, kind=kind, record=f"{CASE}/r1") for kind in ("entry", "contact", "entry")]
        assert [one.refused for one in jo.push(*made)] == ["", refusals.KNOWN_OTHERWISE, ""]

    def test_the_directory_is_no_case(self, jo: Laptop) -> None:
        assert jo.push(jo.write("", kind="case", record="e1"))[0].refused == refusals.UNREADABLE

    def test_the_directory_takes_no_papers_that_every_laptop_would_fetch(self, jo: Laptop) -> None:
        jo.push(jo.write("", kind="adviser"))
        content = b"x" * 100
        blob = hashlib.sha256(content).hexdigest()
        with pytest.raises(Denied, match=refusals.NOT_MEMBER):
            jo.ground.central.blob_put(jo.caller, "", blob, offset=0, size=100, chunk=content)

    def test_who_made_a_plan_final_is_told_to_nobody_who_is_not_on_the_case(
        self, ground: Ground, jo: Laptop, may: Laptop
    ) -> None:
        mark = ground.central.marks(may.caller, (CASE,))[3][CASE]
        may.push(may.write(CASE, kind="issue"), final=True, expects={CASE: mark})
        kim = Laptop.of(ground, "kim", ground.add_user("kim", Role.CASEWORKER))
        kim.push(kim.write(OTHER))
        (taken,) = kim.push(kim.write(OTHER), expects={CASE: Mark(1, 1)}, seen=0)
        assert (taken.refused, taken.detail) == (refusals.FINAL_STALE, "")

    def test_a_revision_handed_in_under_another_case_is_not_taken(self, jo: Laptop, may: Laptop) -> None:
        known = next(iter(jo.got.values()))
        assert may.push(replace(known, case=OTHER, record=OTHER), vouched=True)[0].refused == refusals.KNOWN_OTHERWISE

    def test_thousands_of_ranges_leave_out_what_they_name_and_nothing_else(self, jo: Laptop) -> None:
        made = [jo.write(CASE) for _ in range(40)]
        jo.push(*made)
        odd = [(place, place) for place in range(1, 20_001, 2)]
        for have in (odd, [(2**62, 2**63 - 1), (-(2**63), 0), (5, 4), *odd], [(1, 2**63 - 1)]):
            page = jo.ground.central.pull(jo.caller, feed="", position=0, item="", have=have, limit=1000)
            told = {place for first, last in have[:20_000] for place in range(max(first, 1), min(last, 100) + 1)}
            assert len(page.revisions) == len([one for one in jo.have if one[0] not in told])
