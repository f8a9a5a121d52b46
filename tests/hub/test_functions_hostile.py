"""What a member must not be able to do, on a real PostgreSQL."""

import psycopg
import pytest

from send_desk.domain.ids import Role
from send_desk.hub.central import Denied
from send_desk.hub.database import Database
from send_desk.hub.office import Administration
from send_desk.wire import refusals
from send_desk.wire.messages import Read

from .ground import START, Ground, Laptop
from .hostile import CASE, Hostile
from .test_functions_conformance import PostgresGround


class TestPostgres(Hostile):
    @pytest.fixture
    def ground(self, database: Database, office: Administration) -> Ground:
        return PostgresGround(database, office)

    def test_a_laptop_barred_long_ago_writes_under_that_name_no_more(
        self, central_url: str, ground: Ground, jo: Laptop
    ) -> None:
        jo.push(jo.write(CASE))
        ground.bar(jo.caller.device)
        assert jo.push(jo.write(CASE))[0].refused == ""
        with psycopg.connect(central_url) as connection:
            connection.execute("UPDATE send_desk.device SET barred_at = now() - interval '31 days'")
        late, new = jo.write(CASE), jo.write("case-0009-new")
        assert [one.refused for one in jo.push(late, new)] == [refusals.NOT_MEMBER] * 2
        assert set(ground.aside()) == {late.id, new.id}  # kept for the administrator: nothing is lost
        with pytest.raises(Denied, match=refusals.NOT_MEMBER):
            ground.central.blob_put(jo.caller, CASE, "0" * 64, offset=0, size=9, chunk=b"x")

    def test_a_person_who_left_long_ago_writes_no_more(self, central_url: str, ground: Ground, jo: Laptop) -> None:
        ground.leave("jo")
        assert jo.push(jo.write("case-0008-late"))[0].refused == ""
        with psycopg.connect(central_url) as connection:
            connection.execute("UPDATE send_desk.account SET left_at = now() - interval '31 days'")
        assert jo.push(jo.write("case-0009-new"))[0].refused == refusals.NOT_MEMBER

    def test_a_laptop_tells_what_was_read_and_not_what_the_hub_notes(self, ground: Ground, jo: Laptop) -> None:
        jo.push(jo.write(CASE))
        told = [
            Read(id=f"read-{what}", case=CASE, what=what, at=START.isoformat())
            for what in ("opened", "printed", "exported", "wrote", "withdraw")
        ]
        jo.push(jo.write(CASE), reads=told)
        acts = [str(line["what"]) for line in ground.central.looked(jo.caller, CASE)]
        assert sorted(acts) == ["exported", "opened", "printed", "read: withdraw", "read: wrote", "wrote", "wrote"]

    def test_an_administrator_reads_no_case_that_is_not_granted(self, ground: Ground, jo: Laptop) -> None:
        jo.push(jo.write(CASE))
        account = ground.add_user("adi", Role.ADMINISTRATOR)
        adi = Laptop.of(ground, "adi", account, Role.ADMINISTRATOR)
        adi.pull()
        assert adi.fetch(CASE) == []
        assert adi.got == {}
        with pytest.raises(Denied, match=refusals.NOT_MEMBER):
            ground.central.looked(adi.caller, CASE)
        with pytest.raises(Denied, match=refusals.NOT_MEMBER):
            ground.central.blob_get(adi.caller, CASE, "0" * 64, offset=0, most=1)
