"""What every `Central` must hold, on PostgreSQL and in memory alike: derive the class, give it a fixture `ground`."""

import hashlib
from dataclasses import replace

import pytest

from send_desk.domain.ids import Role
from send_desk.hub.central import Denied, Device
from send_desk.wire import refusals
from send_desk.wire.messages import Read
from send_desk.wire.packed import Mark, Packed, mark_of_all

from .ground import AUTHORITY, START, Ground, Laptop, new_id

CASE, OTHER = "case-0001-boats", "case-0002-trains"


def _issued(laptop: Laptop, case: str, *parents: str) -> Packed:
    return laptop.write(case, kind="case", record=case, parents=parents, body=b'{"version":"final"}')


class Conformance:
    """The rules of sync.md as seen from outside."""

    @pytest.fixture
    def jo(self, ground: Ground) -> Laptop:
        return Laptop.of(ground, "jo", ground.add_user("jo", Role.CASEWORKER))

    @pytest.fixture
    def kim(self, ground: Ground) -> Laptop:
        return Laptop.of(ground, "kim", ground.add_user("kim", Role.CASEWORKER))

    @pytest.fixture
    def may(self, ground: Ground) -> Laptop:
        return Laptop.of(ground, "may", ground.add_user("may", Role.MANAGER), Role.MANAGER)

    # --- pushing and pulling ---------------------------------------------------------------------------------------

    def test_what_one_laptop_hands_in_another_on_the_case_takes_byte_for_byte(
        self, ground: Ground, jo: Laptop, kim: Laptop
    ) -> None:
        first = jo.write(CASE, text="Sam's boats – “three”")
        second = jo.write(CASE, record=first.record, parents=(first.id,), extra=b'{"mood":"glad"}', schema=2)
        third = jo.write(CASE, record=first.record, parents=(first.id, second.id), body=b"")
        jo.push(first, second, third)
        ground.grant(CASE, user="kim")
        kim.pull()
        assert kim.got == {one.id: one for one in (first, second, third)}

    def test_positions_follow_one_another_in_the_order_of_the_push(self, jo: Laptop) -> None:
        taken = jo.push(jo.write(CASE), jo.write(OTHER), jo.write(CASE))
        places = [one.position for one in taken]
        assert places[0] is not None
        assert places == [places[0], places[0] + 1, places[0] + 2]

    def test_handing_in_again_is_known_and_changes_nothing(self, jo: Laptop) -> None:
        one = jo.write(CASE)
        jo.push(one)
        before = jo.ground.central.marks(jo.caller, ())
        taken = jo.push(one)
        assert [(each.position, each.refused) for each in taken] == [(None, "")]
        assert jo.ground.central.marks(jo.caller, ()) == before

    def test_twice_in_one_push_is_taken_once(self, jo: Laptop) -> None:
        one = jo.write(CASE)
        first, second = jo.push(one, one)
        assert first.position is not None
        assert (second.position, second.refused) == (None, "")
        assert jo.ground.central.marks(jo.caller, ())[3][CASE] == mark_of_all([one])

    def test_own_pushes_do_not_come_back(self, jo: Laptop) -> None:
        jo.push(jo.write(CASE), jo.write(CASE))
        pages = jo.pull()
        assert [one for page in pages for one in page.revisions] == []
        assert jo.mark == jo.own_mark()

    def test_a_page_ends_at_its_limit_and_the_next_goes_on(self, jo: Laptop) -> None:
        made = [jo.write(CASE) for _ in range(7)]
        jo.push(*made)
        pages = jo.pull(limit=3, have=False)
        found = [one.id for page in pages for one in page.revisions]
        assert found == [one.id for one in made]
        assert all(len(page.revisions) + len(page.events) <= 3 for page in pages)
        assert [page.mark is not None for page in pages] == [*[False] * (len(pages) - 1), True]

    def test_what_is_another_persons_moves_the_cursor_on_and_is_not_shown(self, jo: Laptop, kim: Laptop) -> None:
        jo.push(*[jo.write(CASE) for _ in range(5)])
        pages = kim.pull(limit=2)
        assert [one for page in pages for one in page.revisions] == []
        again = kim.page()
        assert (again.at, again.revisions, again.events, again.more) == (pages[-1].at, (), (), False)

    def test_directory_lines_belong_to_everybody(self, jo: Laptop, kim: Laptop) -> None:
        line = jo.write("", kind="adviser")
        jo.push(line)
        kim.pull()
        assert kim.got == {line.id: line}
        assert kim.mark == mark_of_all([line])

    def test_the_mark_of_a_last_page_is_that_of_all_that_is_held(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        jo.push(*[jo.write(CASE) for _ in range(4)], jo.write(OTHER), jo.write("", kind="adviser"))
        ground.grant(OTHER, user="kim")
        for laptop in (jo, kim):
            laptop.pull()
            assert laptop.mark == laptop.own_mark()
        assert len(kim.got) == 2

    def test_people_are_told_in_the_feed(self, jo: Laptop, kim: Laptop) -> None:
        events = [event for page in jo.pull() for event in page.events]
        people = {event.person.name: event.person for event in events if event.person is not None}
        assert people["kim"].authors == (kim.author,)
        assert people["kim"].role == "caseworker"

    # --- resync ----------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize("wrong", ["feed", "position", "item"])
    def test_a_cursor_of_another_life_is_answered_by_resync(self, jo: Laptop, wrong: str) -> None:
        jo.push(jo.write(CASE))
        jo.pull()
        stood = (jo.feed, jo.at, jo.item)
        match wrong:
            case "feed":
                jo.feed = "another"
            case "position":
                jo.at += 1
            case _:
                jo.item = "another"
        page = jo.page()
        assert page.resync
        assert (page.feed, page.at, page.item) == stood
        assert page.revisions == ()

    def test_a_desk_that_never_pulled_begins_at_the_beginning(self, jo: Laptop) -> None:
        one = jo.write(CASE)
        jo.push(one)
        page = jo.page(have=False)
        assert not page.resync
        assert [each.id for each in page.revisions] == [one.id]

    # --- snapshots and marks ---------------------------------------------------------------------------------------

    def test_a_snapshot_is_the_whole_history_in_record_order(self, jo: Laptop) -> None:
        made = [jo.write(case, record=record) for record in ("e2", "e1") for case in (OTHER, CASE)]
        made += [jo.write(CASE, record="e1") for _ in range(3)]
        jo.push(*made)
        with jo.ground.central.snapshot(jo.caller, ()) as whole:
            found = list(whole.revisions)
        assert found == sorted(made, key=lambda one: (one.case, one.record, one.id))
        assert {CASE, OTHER} <= set(whole.cases)
        assert whole.count == len(made)
        assert jo.author in {author for person in whole.people for author in person.authors}
        page = jo.ground.central.pull(
            jo.caller, feed=whole.feed, position=whole.at, item=whole.item, have=(), limit=100
        )
        assert (page.resync, page.revisions, page.more) == (False, (), False)

    def test_a_snapshot_holds_no_case_of_others(self, jo: Laptop, kim: Laptop) -> None:
        jo.push(jo.write(CASE))
        assert kim.fetch(CASE) == []
        assert kim.fetch() == []

    def test_marks_are_told_for_cases_that_are_seen(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        first, second = jo.write(CASE), jo.write(OTHER)
        jo.push(first, second)
        ground.grant(OTHER, user="kim")
        *_, marks = ground.central.marks(kim.caller, ())
        assert CASE not in marks
        assert marks[OTHER] == mark_of_all([second])
        *_, marks = ground.central.marks(jo.caller, (CASE,))
        assert dict(marks) == {CASE: mark_of_all([first])}

    # --- refusals --------------------------------------------------------------------------------------------------

    def test_a_refused_one_does_not_hold_up_the_others(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        jo.push(jo.write(CASE))
        mine, theirs = kim.write(OTHER), kim.write(CASE)
        taken = kim.push(mine, theirs)
        assert [one.refused for one in taken] == ["", refusals.NOT_MEMBER]
        assert dict(ground.aside()) == {theirs.id: refusals.NOT_MEMBER}

    def test_each_refusal_has_its_name(self, jo: Laptop, kim: Laptop) -> None:
        known = jo.write(CASE)
        jo.push(known)
        offered = [
            replace(jo.write(CASE), authority="998"),
            replace(known, body=b"{}"),
            replace(jo.write(CASE), author=kim.author),
            replace(jo.write(CASE), device=kim.caller.device),
        ]
        assert [one.refused for one in jo.push(*offered)] == [
            refusals.WRONG_AUTHORITY,
            refusals.KNOWN_OTHERWISE,
            refusals.WRONG_AUTHOR,
            refusals.WRONG_DEVICE,
        ]
        jo.pull()
        assert jo.mark == mark_of_all([known])

    def test_a_receipt_lets_a_colleagues_work_be_handed_back(self, jo: Laptop, kim: Laptop) -> None:
        one = replace(jo.write(CASE), author=kim.author, device=kim.caller.device)
        assert jo.push(one, vouched=True)[0].position is not None
        kim.pull()
        assert one.id in kim.got  # what was written by Kim belongs to her, whoever brought it

    def test_a_persons_second_laptop_may_hand_in_what_the_first_wrote(self, ground: Ground, jo: Laptop) -> None:
        second = Laptop.of(ground, "jo", jo.caller.account)
        one = jo.write(CASE)
        assert second.push(one)[0].position is not None

    def test_only_the_role_that_may_author_it(self, ground: Ground, jo: Laptop, may: Laptop) -> None:
        jo.push(jo.write(CASE))
        jo.pull()
        ground.grant(CASE, user="may")
        for laptop, refused in ((jo, refusals.ROLE), (may, "")):
            override = laptop.write(CASE, kind="override")
            assert laptop.push(override, needs=Role.MANAGER)[0].refused == refused

    def test_a_new_id_of_a_case_of_others_is_not_to_be_had(self, jo: Laptop, kim: Laptop) -> None:
        one = jo.write(CASE)
        jo.push(one)
        assert kim.push(replace(one, author=kim.author, device=kim.caller.device))[0].refused
        kim.pull()
        assert kim.got == {}

    # --- a plan is made final --------------------------------------------------------------------------------------

    def test_a_first_history_may_hold_finals_and_overrides_over_several_pushes(self, jo: Laptop) -> None:
        assert jo.push(jo.write(CASE), _issued(jo, CASE), final=True)[1].refused == ""
        assert jo.push(jo.write(CASE, kind="override"), needs=Role.MANAGER)[0].refused == ""
        assert jo.push(_issued(jo, CASE), final=True)[0].refused == ""
        jo.pull()
        assert jo.push(_issued(jo, CASE), final=True)[0].refused == refusals.FINAL_ALONE
        assert jo.push(jo.write(CASE, kind="override"), needs=Role.MANAGER)[0].refused == refusals.ROLE

    def test_a_final_is_taken_on_the_heads_that_the_office_knows(self, jo: Laptop) -> None:
        jo.push(jo.write(CASE))
        jo.pull()
        plan = _issued(jo, CASE)
        assert jo.push(plan, final=True, expects={CASE: jo.own_mark()})[0].position is not None

    def test_a_final_asked_for_again_after_a_lost_answer_is_known(self, jo: Laptop) -> None:
        jo.push(jo.write(CASE))
        jo.pull()
        before, plan = jo.own_mark(), _issued(jo, CASE)
        jo.push(plan, final=True, expects={CASE: before})
        assert [(one.position, one.refused) for one in jo.push(plan, final=True, expects={CASE: before})] == [
            (None, "")
        ]

    def test_a_final_on_older_heads_is_refused_and_nothing_of_the_push_stays(
        self, ground: Ground, jo: Laptop, kim: Laptop
    ) -> None:
        jo.push(jo.write(CASE))
        jo.pull()
        ground.grant(CASE, user="kim")
        kim.pull()
        kim.push(kim.write(CASE))
        before = ground.central.marks(kim.caller, (CASE,))[3]
        taken = jo.push(jo.write(CASE), _issued(jo, CASE), final=True, expects={CASE: jo.own_mark()})
        assert [one.refused for one in taken] == [refusals.FINAL_STALE] * 2
        assert ground.central.marks(kim.caller, (CASE,))[3] == before

    def test_who_comes_second_is_told_who_made_it_final(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        jo.push(jo.write(CASE))
        jo.pull()
        ground.grant(CASE, user="kim")
        jo.pull()
        kim.pull()
        kim.push(_issued(kim, CASE), final=True, expects={CASE: kim.own_mark()})
        (taken,) = jo.push(_issued(jo, CASE), final=True, expects={CASE: jo.own_mark()})
        assert taken.refused == refusals.FINAL_TAKEN
        assert taken.detail.startswith("By kim on ")

    def test_one_refused_revision_refuses_the_whole_issue(self, jo: Laptop, kim: Laptop) -> None:
        jo.push(jo.write(CASE))
        jo.pull()
        wrong = replace(jo.write(CASE), author=kim.author)
        taken = jo.push(_issued(jo, CASE), wrong, final=True, expects={CASE: jo.own_mark()})
        assert [one.refused for one in taken] == [refusals.WRONG_AUTHOR] * 2
        assert jo.ground.central.marks(jo.caller, (CASE,))[3][CASE].count == 1

    # --- who sees what ---------------------------------------------------------------------------------------------

    def test_a_case_granted_later_comes_whole(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        jo.push(jo.write(CASE), jo.write(CASE))
        kim.pull()
        ground.grant(CASE, user="kim")
        kim.pull()
        assert ("granted", CASE) in kim.told
        assert kim.own_mark() == kim.mark == mark_of_all(jo.got.values())

    def test_a_team_brings_its_cases_and_takes_them_with_it(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        jo.push(jo.write(CASE))
        ground.team("North", add=["kim"])
        ground.grant(CASE, team="North")
        kim.pull()
        assert len(kim.got) == 1
        ground.team("North", remove=["kim"])
        kim.pull()
        assert kim.told[-2:] == [("granted", CASE), ("withdrawn", CASE)]
        assert kim.got == {}
        assert kim.mark == Mark()

    def test_who_leads_a_team_sees_what_its_members_own(self, ground: Ground, jo: Laptop, may: Laptop) -> None:
        jo.push(jo.write(CASE))
        ground.team("North", add=["jo"], lead=["may"])
        may.pull()
        assert may.own_mark() == may.mark == jo.own_mark()
        new = jo.write(OTHER)
        jo.push(new)
        may.pull()
        assert new.id in may.got
        ground.team("North", remove=["jo"])
        may.pull()
        assert may.got == {}

    def test_one_of_two_ways_to_a_case_is_enough(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        jo.push(jo.write(CASE))
        ground.grant(CASE, user="kim")
        ground.team("North", add=["kim"])
        ground.grant(CASE, team="North")
        ground.withdraw(CASE, user="kim")
        kim.pull()
        assert kim.told.count(("granted", CASE)) == 1
        assert ("withdrawn", CASE) not in kim.told
        assert len(kim.got) == 1

    def test_what_was_written_before_the_withdrawal_could_be_known_is_taken(
        self, ground: Ground, jo: Laptop, kim: Laptop
    ) -> None:
        jo.push(jo.write(CASE))
        ground.grant(CASE, user="kim")
        kim.pull()
        late = kim.write(CASE)
        ground.withdraw(CASE, user="kim")
        assert kim.push(late)[0].position is not None
        kim.pull()
        assert kim.got == {}
        assert kim.push(kim.write(CASE))[0].refused == refusals.NOT_MEMBER
        jo.pull()
        assert late.id in jo.got

    def test_a_barred_laptop_hands_in_and_takes_nothing(self, ground: Ground, jo: Laptop) -> None:
        jo.push(jo.write(CASE))
        ground.bar(jo.caller.device)
        assert jo.push(jo.write(CASE))[0].position is not None
        central = ground.central
        with pytest.raises(Denied, match=refusals.BARRED):
            jo.page()
        with pytest.raises(Denied, match=refusals.BARRED), central.snapshot(jo.caller, ()):
            pass
        with pytest.raises(Denied, match=refusals.BARRED):
            central.marks(jo.caller, ())
        with pytest.raises(Denied, match=refusals.BARRED):
            central.looked(jo.caller, CASE)
        found = central.device(jo.caller.device)
        assert found is not None
        assert found[0].barred

    def test_an_unknown_or_borrowed_laptop_gets_nowhere(self, jo: Laptop, kim: Laptop) -> None:
        for wrong in ("none", kim.caller.device):
            caller = replace(jo.caller, device=wrong)
            with pytest.raises(Denied, match=refusals.SIGN_IN):
                jo.ground.central.marks(caller, ())
            with pytest.raises(Denied, match=refusals.SIGN_IN):
                jo.ground.central.push(
                    caller, [], expects={}, seen=0, reads=[Read(id="x", case="", what="opened", at="")]
                )

    # --- redaction -------------------------------------------------------------------------------------------------

    def test_a_redacted_revision_is_empty_everywhere_and_keeps_its_place(
        self, ground: Ground, jo: Laptop, kim: Laptop
    ) -> None:
        secret, other = jo.write(CASE, text="the secret"), jo.write(CASE)
        jo.push(secret, other)
        jo.pull()
        ground.redact(CASE, [secret.id])
        jo.pull()
        assert ("redacted", CASE) in jo.told
        assert jo.got[secret.id].body == b""
        assert jo.mark == jo.own_mark()
        ground.grant(CASE, user="kim")
        kim.pull()
        assert kim.got == jo.got
        assert kim.mark == kim.own_mark()
        assert jo.push(secret)[0].refused == ""  # the same words again are known, and do not come back
        assert {one.id: one.body for one in kim.fetch(CASE)}[secret.id] == b""

    # --- people ----------------------------------------------------------------------------------------------------

    def test_a_login_is_found_without_case(self, ground: Ground, jo: Laptop) -> None:
        found = ground.central.account(AUTHORITY, "JO")
        assert found is not None
        assert (found.id, found.role, found.authors) == (jo.caller.account, Role.CASEWORKER, (jo.author,))
        assert ground.central.account(AUTHORITY, "nobody at all") is None
        assert ground.central.account("998", "jo") is None

    def test_five_wrong_passwords_lock_out_and_a_good_one_begins_anew(self, ground: Ground, jo: Laptop) -> None:
        tries = [ground.central.signed_in(AUTHORITY, jo.caller.account, good=False) for _ in range(5)]
        assert tries[:4] == [None] * 4
        assert tries[4] is not None
        found = ground.central.account(AUTHORITY, "jo")
        assert found is not None
        assert found.locked_until == tries[4]
        assert ground.central.signed_in(AUTHORITY, jo.caller.account, good=True) is None
        found = ground.central.account(AUTHORITY, "jo")
        assert found is not None
        assert found.locked_until is None

    def test_ids_of_others_are_not_to_be_taken(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        device = Device(AUTHORITY, kim.caller.device, jo.caller.account, b"k" * 32, START, START)
        with pytest.raises(Denied, match=refusals.WRONG_DEVICE):
            ground.central.enrol(device, author=jo.author, machine="", version="")
        device = replace(device, id=new_id("d"))
        with pytest.raises(Denied, match=refusals.WRONG_AUTHOR):
            ground.central.enrol(device, author=kim.author, machine="", version="")

    def test_a_laptop_is_found_with_its_person_and_its_lease(self, ground: Ground, jo: Laptop) -> None:
        lease = ground.central.renewed(jo.caller.device, version="2", signed_in=True)
        found = ground.central.device(jo.caller.device)
        assert found is not None
        device, account = found
        assert (device.account, device.public_key, device.lease_until) == (account.id, b"k" * 32, lease)
        assert ground.central.device("none") is None

    def test_keys_are_of_their_use_and_stay(self, ground: Ground) -> None:
        token, receipt = ground.central.key("token"), ground.central.key("receipt")
        assert (len(token), len(receipt)) == (32, 32)
        assert token != receipt
        assert ground.central.key("token") == token

    # --- attachments -----------------------------------------------------------------------------------------------

    def test_an_attachment_goes_in_chunks_and_is_whole_when_it_is_what_it_says(
        self, ground: Ground, jo: Laptop, kim: Laptop
    ) -> None:
        jo.push(jo.write(CASE))
        content = bytes(range(256)) * 10
        blob, central = hashlib.sha256(content).hexdigest(), ground.central
        assert central.blob_put(jo.caller, CASE, blob, offset=0, size=2560, chunk=content[:1000]) == 1000
        assert central.blob_put(jo.caller, CASE, blob, offset=0, size=2560, chunk=content[:1000]) == 1000
        assert central.blob_have(jo.caller, CASE, [blob, "none"]) == {blob: (1000, False)}
        assert central.blob_get(jo.caller, CASE, blob, offset=0, most=10) is None
        assert central.blob_put(jo.caller, CASE, blob, offset=1000, size=2560, chunk=content[1000:]) == 2560
        assert central.blob_have(jo.caller, CASE, [blob]) == {blob: (2560, True)}
        pieces = [central.blob_get(jo.caller, CASE, blob, offset=at, most=900) for at in (0, 900, 1800)]
        assert b"".join(piece[1] for piece in pieces if piece) == content
        with pytest.raises(Denied, match=refusals.NOT_MEMBER):
            central.blob_get(kim.caller, CASE, blob, offset=0, most=10)

    def test_an_attachment_that_is_not_what_it_says_is_dropped(self, jo: Laptop) -> None:
        jo.push(jo.write(CASE))
        central, blob = jo.ground.central, hashlib.sha256(b"right").hexdigest()
        with pytest.raises(Denied, match=refusals.UNREADABLE):
            central.blob_put(jo.caller, CASE, blob, offset=0, size=5, chunk=b"wrong")
        assert central.blob_have(jo.caller, CASE, [blob]) == {}

    # --- who looked ------------------------------------------------------------------------------------------------

    def test_who_looked_is_told_to_who_is_on_the_case(self, ground: Ground, jo: Laptop, kim: Laptop) -> None:
        jo.push(jo.write(CASE))
        ground.grant(CASE, user="kim")
        read = Read(id="read-1", case=CASE, what="printed", at="2026-03-02T09:05:00+00:00", detail="draft")
        for _ in range(2):
            kim.push(reads=[read])
        lines = [line for line in ground.central.looked(jo.caller, CASE) if line["what"] == "printed"]
        assert [(line["by"], line["at"], line["detail"]) for line in lines] == [("kim", read.at, "draft")]
        ground.withdraw(CASE, user="kim")
        with pytest.raises(Denied, match=refusals.NOT_MEMBER):
            ground.central.looked(kim.caller, CASE)
