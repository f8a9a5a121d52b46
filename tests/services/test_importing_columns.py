"""What a list's columns hold can be looked at and said before it comes in; a long import can be watched and ended."""

import pytest

from send_desk import paths
from send_desk.domain.errors import Refused
from send_desk.services import importing
from send_desk.services.desk import Desk
from send_desk.services.importing import Layout, columns_of, field_names
from send_desk.services.tables import Table

UNKNOWN = ("File no", "Forename", "Family name", "Birthday", "Shoe size")


@pytest.fixture(scope="module")
def layouts() -> list[Layout]:
    folder = paths.resources() / "import"
    return [importing.layout_from(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]


def table(*rows: tuple[str, ...], name: str = "list.csv") -> Table:
    return Table(name, tuple(enumerate(rows, start=1)))


def test_an_unknown_list_is_guessed_by_its_headings(desk: Desk, layouts: list[Layout]) -> None:
    unknown = table(("Spring term",), UNKNOWN, ("HD-7", "Ava", "Thornley", "04/05/2016", "33"))
    (found,) = columns_of(desk, [unknown], layouts)
    assert (found.table, found.known_as, found.is_understood) == ("list.csv", "", False)
    assert next((one.heading, one.sample) for one in found.columns) == ("File no", "HD-7")
    targets = {one.heading: one.target for one in found.columns}
    assert targets["Forename"] == "child.first_names"
    assert targets["Shoe size"] == ""


def test_a_saved_mapping_and_plain_headings_are_shown_as_they_stand(desk: Desk, layouts: list[Layout]) -> None:
    unknown = table(UNKNOWN, ("HD-7", "Ava", "Thornley", "04/05/2016", "33"))
    mapping = {"File no": "reference", "Birthday": "child.date_of_birth", "Forename": "child.first_names"}
    importing.remember_mapping(desk, [unknown], {**mapping, "Family name": "child.surname"})
    (found,) = columns_of(desk, [unknown], layouts)
    assert found.known_as
    assert {one.heading: one.target for one in found.columns} == {
        **mapping,
        "Family name": "child.surname",
        "Shoe size": "",
    }
    plain = table(
        ("Reference", "First name", "Surname", "DOB", "House"), ("R-1", "Ava", "Thornley", "2016-05-04", "Red")
    )
    (known,) = columns_of(desk, [plain], layouts)
    assert {one.heading: one.target for one in known.columns}["DOB"] == "child.date_of_birth"
    assert not known.is_understood


def test_a_list_of_a_fixed_form_and_a_file_that_is_none_are_not_mapped(desk: Desk, layouts: list[Layout]) -> None:
    fixed = table(
        ("Unique ID", "UPN", "Date of birth", "SEN primary need", "Absence"), ("U-1", "", "2014-03-14", "", "")
    )
    assert columns_of(desk, [fixed, Table("torn.xlsx", problem="it cannot be read")], layouts) == ()


def test_every_field_that_is_offered_has_a_name(layouts: list[Layout]) -> None:
    names = field_names(layouts)
    assert names["child.date_of_birth"] == "Date of birth"
    assert len(names) > 20
    assert all(names.values())


def test_an_import_that_is_watched_tells_its_steps_and_can_be_ended(desk: Desk, layouts: list[Layout]) -> None:
    rows = [(f"R-{number}", f"Ava {chr(65 + number % 26)}", "Thornley", "2016-05-04") for number in range(120)]
    many = table(("Reference", "First name", "Surname", "DOB"), *rows)
    steps: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        steps.append((done, total))
        return True

    importing.import_cases(desk, [many], layouts, dry_run=True, watch=watch)
    assert steps == [(done, 120) for done in range(120)]
    with pytest.raises(Refused, match="nothing was changed"):
        importing.import_cases(desk, [many], layouts, watch=lambda done, _: done < 60)
    assert desk.store.identities() == ()
    with pytest.raises(Refused, match="100 of 120 cases were brought in and are kept"):
        importing.import_cases(desk, [many], layouts, watch=lambda done, _: done < 220)
    assert len(desk.store.identities()) == 100
    report = importing.import_cases(desk, [many], layouts)
    assert (report.made, report.same) == (20, 100)


def test_a_dry_run_of_the_registers_writes_nothing(desk: Desk) -> None:
    schools = table(("URN", "EstablishmentName"), ("900001", "Hartwell Primary School"))
    assert importing.import_settings(desk, [schools], dry_run=True) == 1
    assert importing.import_settings(desk, [schools]) == 1
    services = table(("Service", "Name", "Cell"), ("Paediatrics", "Dr Rana", "health"), ("", "Nobody", ""))
    report = importing.import_directory(desk, [services], dry_run=True)
    assert (report.changed, len(report.refused)) == (1, 1)
    assert [one for one in desk.store.directory() if one.service == "Paediatrics"] == []
    importing.import_directory(desk, [services])
    assert [one.name for one in desk.store.directory() if one.service == "Paediatrics"] == ["Dr Rana"]
