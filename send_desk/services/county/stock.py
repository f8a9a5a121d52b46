"""The stock of prose, names and places that the made-up county is told from, read out of TOML text."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from send_desk.domain.errors import WrongUse
from send_desk.domain.ids import Area, Cell, Section

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Provided:
    """One provision as its adviser puts it, with {name} and the like still to be filled in."""

    section: Section
    what: str
    who: str
    qualification: str
    how_often: str
    how_long: str
    group: str
    for_how_long: str
    review: str


@dataclass(frozen=True, slots=True)
class Strand:
    """One golden thread: what was seen, the need it shows, the outcome hoped for and the provisions advised.

    `ages` are the youngest and oldest it fits; `advisers` the kinds of adviser who could report it, best first.
    """

    id: str
    area: Area
    ages: tuple[int, int]
    advisers: tuple[str, ...]
    need: str
    evidence: str
    more: str
    will: str
    so_that: str
    baseline: str
    steps: tuple[str, ...]
    provisions: tuple[Provided, ...]
    adulthood: str = ""
    not_with: frozenset[str] = frozenset()

    def fits(self, age: int) -> bool:
        """Whether the strand can be true of somebody of this age."""
        return self.ages[0] <= age <= self.ages[1]


@dataclass(frozen=True, slots=True)
class AdviserKind:
    """A kind of adviser: the cell and letter of reg 6(1), the title of the report, the role and the service."""

    id: str
    cell: Cell
    letter: str
    title: str
    role: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What frames a report besides its findings."""

    kinds: tuple[str, ...]
    method: tuple[str, ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A choice of sentences on one topic, for the ages it fits."""

    topic: str
    ages: tuple[int, int]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The made-up first names and surnames."""

    girls: tuple[str, ...]
    boys: tuple[str, ...]
    either: tuple[str, ...]
    middle: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    pets: tuple[str, ...]


@dataclass(frozen=True)
class Stock:
    """Everything the county is told from."""

    strands: tuple[Strand, ...]
    kinds: Mapping[str, AdviserKind]
    skeletons: tuple[Skeleton, ...]
    shared: Table
    aspirations: tuple[Words, ...]
    matters: tuple[Words, ...]
    family: tuple[Words, ...]
    history: tuple[str, ...]
    how_views: Table
    strengths: Mapping[Area, tuple[str, ...]]
    monitoring: Table
    budget: Table
    log: Table
    names: Names
    places: Table


STRAND_FILES = ("communication", "cognition", "semh", "sensory", "health", "care")


def read_stock(texts: Mapping[str, str]) -> Stock:
    """Read the files of `resources/county`, given as text by stem; raise WrongUse where one is missing or torn."""
    try:
        return _stock({stem: tomllib.loads(text) for stem, text in texts.items()})
    except KeyError as error:
        raise WrongUse(f"The made-up county lacks {error}. Nothing was made; please reinstall the program.") from error
    except tomllib.TOMLDecodeError as error:
        raise WrongUse(f"A file of the made-up county cannot be read: {error}. Nothing was made.") from error


def _stock(tables: Mapping[str, Table]) -> Stock:
    deliverers, reports, views = tables["deliverers"], tables["reports"], tables["views"]
    return Stock(
        strands=tuple(_strand(one, deliverers) for stem in STRAND_FILES for one in tables[f"strands_{stem}"]["strand"]),
        kinds={id_: _kind(id_, one) for id_, one in reports["kinds"].items()},
        skeletons=tuple(
            Skeleton(tuple(one["kinds"]), tuple(one["method"]), tuple(one["opening"]), tuple(one["closing"]))
            for one in reports["skeleton"]
        ),
        shared=reports["shared"],
        aspirations=_words(views["aspiration"]),
        matters=_words(views["matters"]),
        family=_words(views["family"]),
        history=tuple(views["history"]["words"]),
        how_views=views["how_views"],
        strengths={Area(area): tuple(words) for area, words in views["strength"].items()},
        monitoring=views["monitoring"],
        budget=views["budget"],
        log=tables["log"],
        names=Names(**{field: tuple(names) for field, names in tables["names"].items()}),
        places=tables["places"],
    )


def _strand(one: Table, deliverers: Table) -> Strand:
    outcome = one.get("outcome", one)
    return Strand(
        id=one["id"],
        area=Area(one["area"]),
        ages=(one["ages"][0], one["ages"][1]),
        advisers=tuple(one["advisers"]),
        need=one["need"],
        evidence=one["evidence"],
        more=one["more"],
        will=outcome["will"],
        so_that=outcome["so_that"],
        baseline=outcome["baseline"],
        steps=tuple(outcome["steps"]),
        provisions=tuple(_provided(each, deliverers[each["who"]]) for each in one["provision"]),
        adulthood=one.get("adulthood", ""),
        not_with=frozenset(one.get("not_with", ())),
    )


def _provided(one: Table, deliverer: Table) -> Provided:
    return Provided(
        section=Section(one.get("section", "F")),
        what=one["what"],
        who=deliverer["who"],
        qualification=deliverer["qualification"],
        how_often=one["how_often"],
        how_long=one["how_long"],
        group=one["group"],
        for_how_long=one["for_how_long"],
        review=one["review"],
    )


def _kind(id_: str, one: Table) -> AdviserKind:
    return AdviserKind(
        id_, Cell(one["cell"]), one["letter"], one["title"], role=one.get("role", ""), service=one.get("service", "")
    )


def _words(found: Sequence[Table]) -> tuple[Words, ...]:
    return tuple(Words(one.get("topic", ""), tuple(one.get("ages", (0, 99))), tuple(one["words"])) for one in found)
