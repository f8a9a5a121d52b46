"""The register of establishments and the directory of services, from files as they come."""

import pytest

from send_desk.domain.errors import WrongUse
from send_desk.readers.tables import read_tables
from send_desk.services.importing import import_directory, import_settings
from send_desk.services.ports import Establishment

NATIONAL = (
    "URN,LA (code),EstablishmentName,"
    "TypeOfEstablishment (name),EstablishmentStatus (name),PhaseOfEducation (name),Postcode\r\n"
    '990001,999,"Beck, Infant School",Community school,Open,Primary,HD1 1AA\r\n'
    "990002,999,Sainte-Foy Théâtre School,Community special school,Open,Not applicable,hd12bb\r\n"
    "990003,999,Old Mill,Community school,Closed,Secondary,\r\n"
    ",999,Nowhere,,,,\r\n"
    "99,999,Too short,,,,\r\n"
)


def tables(words: str, coding="utf-8", name="register.csv"):
    return read_tables(words.encode(coding), name)


@pytest.mark.parametrize("coding", ["cp1252", "utf-8-sig", "utf-16"])
def test_the_national_register_is_read_in_its_own_encoding(desk, coding: str) -> None:
    assert import_settings(desk, tables(NATIONAL, coding)) == 3
    assert desk.store.establishments("théâtre") == (
        Establishment("990002", "Sainte-Foy Théâtre School", "Community special school", "HD1 2BB", "Open"),
    )
    assert desk.store.establishments("990001")[0] == Establishment(
        "990001", "Beck, Infant School", "Primary", "HD1 1AA", "Open"
    )
    assert desk.store.establishments("990003")[0].status == "Closed"


def test_a_plain_register_in_another_order(desk) -> None:
    assert (
        import_settings(desk, tables("status;name;urn;phase;postcode\nOpen;Fell School;990009;Secondary;HD1 1AB\n"))
        == 1
    )
    assert desk.store.establishments("fell") == (
        Establishment("990009", "Fell School", "Secondary", "HD1 1AB", "Open"),
    )


def test_a_second_register_replaces_the_first(desk) -> None:
    import_settings(desk, tables(NATIONAL))
    import_settings(desk, tables("urn,name\n990009,Fell School\n"))
    assert desk.store.establishments("beck") == ()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "name,town\nBeck,Bakewell\n",
            "is not the register of establishments: it needs the columns URN, EstablishmentName",
        ),
        ("urn,name\n,\n12,x\n", "no establishment with a URN and a name"),
        ("", "is empty"),
    ],
)
def test_a_register_that_is_none_leaves_the_old_one(desk, words: str, said: str) -> None:
    import_settings(desk, tables(NATIONAL))
    with pytest.raises(WrongUse, match=said):
        import_settings(desk, tables(words))
    assert len(desk.store.establishments("school")) == 2


def test_thirty_thousand_schools(desk) -> None:
    rows = "".join(f"{100_000 + n},School number {n},Primary,,Open\n" for n in range(30_000))
    assert import_settings(desk, tables("urn,name,phase,postcode,status\n" + rows)) == 30_000
    assert desk.store.establishments("129999")[0].name == "School number 29999"


DIRECTORY = (
    "Service,Team,Name,Role,E-mail address,Telephone,Area,Cell,Designated\n"
    "Community Health,South,Dr Vell,Paediatrician,v@nhs.example,01632 960100,South,health,DCO\n"
    "Children's Services,Duty,,Duty social worker,,01632 960200,,Social care,\n"
    ",,,Nobody,,,,,\n"
    "Elsewhere,,,,,,,hospital,\n"
)


def test_the_directory_is_taken_in_line_by_line(desk) -> None:
    report = import_directory(desk, tables(DIRECTORY, name="directory.csv"))
    assert (report.changed, report.same) == (2, 0)
    assert [(one.file, one.row) for one in report.refused] == [("directory.csv", 4), ("directory.csv", 5)]
    assert report.refused[0].reason == "there is no service"
    assert report.refused[1].reason.startswith("hospital is none of family, education")
    lines = {one.service: one for one in desk.store.directory()}
    assert (lines["Community Health"].designated, lines["Community Health"].email) == ("DCO", "v@nhs.example")
    assert lines["Children's Services"].cell == "social_care"


def test_a_second_import_changes_nothing_and_a_correction_one_line(desk) -> None:
    import_directory(desk, tables(DIRECTORY))
    heads = desk.store.directory_heads()
    again = import_directory(desk, tables(DIRECTORY))
    assert (again.changed, again.same) == (0, 2)
    assert desk.store.directory_heads() == heads
    corrected = import_directory(desk, tables(DIRECTORY.replace("960100", "960101").replace("DCO", "")))
    assert (corrected.changed, corrected.same) == (1, 1)
    line = next(one for one in desk.store.directory() if one.name)
    assert (line.telephone, line.designated) == ("01632 960101", "DCO")


def test_a_line_twice_in_one_file_is_one_line(desk) -> None:
    twice = "Service,Role,Telephone\nHealth,Nurse,1\nHEALTH,nurse,2\nHealth,Nurse,2\n"
    report = import_directory(desk, tables(twice))
    assert (report.changed, report.same) == (1, 1)
    (line,) = desk.store.directory()
    assert line.telephone == "2"


def test_a_directory_that_is_none(desk) -> None:
    with pytest.raises(WrongUse, match="it needs the columns Service"):
        import_directory(desk, tables("Name\nX\n"))
