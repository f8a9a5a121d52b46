"""The places and services of the made-up county: about 200 settings and a directory of those who advise."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from random import Random

from send_desk.domain.case import Authority
from send_desk.domain.person import DirectoryEntry

from .chance import chance, identity, landline, postcode
from .stock import Names, Stock, Table, read_stock

FIRST_URN = 990_001
"""Far above every number that was ever given to an establishment."""

AREAS = ("North", "South")
ADVISERS_OF_A_KIND = 4


@dataclass(frozen=True, slots=True)
class Establishment:
    """A setting of the county's register; `lowest` and `highest` are year groups, nursery below 0, Reception 0."""

    urn: str
    name: str
    phase: str
    postcode: str
    status: str
    type: str
    lowest: int
    highest: int


def establishments(seed: int, texts: Mapping[str, str]) -> tuple[Establishment, ...]:
    """Return the county's settings, a few of them closed."""
    return settings_of(seed, read_stock(texts))


def establishments_csv(seed: int, texts: Mapping[str, str]) -> str:
    """Return the register as the text of a CSV file with URN, name, phase, postcode and status."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("URN", "EstablishmentName", "PhaseOfEducation", "Postcode", "EstablishmentStatus"))
    for one in establishments(seed, texts):
        writer.writerow((one.urn, one.name, one.phase, one.postcode, one.status))
    return out.getvalue()


def directory(seed: int, texts: Mapping[str, str]) -> tuple[DirectoryEntry, ...]:
    """Return the authority's directory: the advisers of each service, its inbox, and the designated officers."""
    return directory_of(seed, read_stock(texts))


def authority_of(stock: Stock) -> Authority:
    """Return the made-up authority."""
    return Authority(stock.places["authority_code"], stock.places["authority_name"])


def settings_of(seed: int, stock: Stock) -> tuple[Establishment, ...]:
    """Return the county's settings from a stock that has been read."""
    random = chance(seed, "settings")
    found = tuple(_settings(stock.places, random))
    return tuple(
        Establishment(
            urn=str(FIRST_URN + place),
            name=name,
            phase=kind["phase"],
            postcode=postcode(random),
            status="Closed" if random.random() < 0.03 else "Open",
            type=kind["type"],
            lowest=kind["lowest"],
            highest=kind["highest"],
        )
        for place, (name, kind) in enumerate(found)
    )


def _settings(places: Table, random: Random) -> Iterator[tuple[str, Table]]:
    grounds = [f"{town} {feature}" for town in places["towns"] for feature in places["features"]]
    for kind in places["kind"]:
        names = list(places["special_names"]) if kind["phase"] == "Special" else grounds
        if kind["phase"] == "Further education":
            names = list(places["towns"])
        for name in random.sample(names, min(kind["number"], len(names))):
            yield f"{name} {kind['suffix']}", kind


def directory_of(seed: int, stock: Stock) -> tuple[DirectoryEntry, ...]:
    """Return the directory from a stock that has been read."""
    random = chance(seed, "directory")
    lines: list[DirectoryEntry] = []
    for kind in stock.kinds.values():
        if not kind.service:
            continue
        for number in range(ADVISERS_OF_A_KIND):
            area = AREAS[number % len(AREAS)]
            lines.append(_entry(stock.names, random, kind.service, f"{area} team", kind.role, area, kind.cell))
    for role, service, cell in (
        ("Designated clinical officer", "Harrowdale Integrated Care", "health"),
        ("Designated social care officer", "Harrowdale Children's Social Care", "social_care"),
        ("Designated medical officer", "Harrowdale Integrated Care", "health"),
    ):
        lines.append(_entry(stock.names, random, service, "", role, "", cell, designated=role))
    return tuple(lines)


def _entry(
    names: Names, random: Random, service: str, team: str, role: str, area: str, cell: str, designated: str = ""
) -> DirectoryEntry:
    name = adult_name(names, random)
    return DirectoryEntry(
        id=identity(random),
        service=service,
        team=team,
        name=name,
        role=role,
        email=email_of(name, "harrowdale"),
        telephone=landline(random),
        area=area,
        cell=str(cell),
        designated=designated,
    )


def adult_name(names: Names, random: Random) -> str:
    """Return a first name and surname of a grown-up."""
    return f"{random.choice(names.women + names.men)} {random.choice(names.surnames)}"


def email_of(name: str, house: str) -> str:
    """Return an e-mail address at a domain that is kept for examples."""
    box = name.lower().replace(" ", ".").replace("'", "")
    return f"{box}@{house}.example"
