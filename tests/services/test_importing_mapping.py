"""A person's own mapping of columns is remembered for lists with the same headings."""

import pytest

from send_desk.domain.errors import WrongUse
from send_desk.services import importing
from send_desk.services.desk import Desk
from send_desk.services.reading import open_case
from send_desk.services.tables import Table

HEADINGS = (1, ("File no", "Forename", "Family name", "Birthday", "Shoe size"))
COLUMNS = {
    "File no": "reference",
    "Forename": "child.first_names",
    "family name": "child.surname",
    "Birthday": "child.date_of_birth",
}


def table(*cells: str) -> Table:
    return Table("list.csv", (HEADINGS, (2, cells)))


def test_a_mapping_given_once_serves_the_next_list(desk: Desk) -> None:
    first = table("HD-7", "Ava", "Thornley", "04/05/2016", "33")
    importing.remember_mapping(desk, [first], COLUMNS)
    assert importing.import_cases(desk, [first], []).made == 1
    child = open_case(desk, "HD-7").case.child
    assert (child.full_name, str(child.date_of_birth)) == ("Ava Thornley", "2016-05-04")
    second = table("HD-8", "Noor", "Haddad", "05/06/2017", "30")
    assert importing.import_cases(desk, [second], []).made == 1


def test_a_mapping_that_fits_no_list_is_said(desk: Desk) -> None:
    with pytest.raises(WrongUse, match="None of these lists"):
        importing.remember_mapping(desk, [table("a")], {"Nickname": "child.known_as"})
    with pytest.raises(WrongUse, match="not a field"):
        importing.remember_mapping(desk, [table("a")], {"Forename": "shoe"})
