"""A well-written plan to which every test does one wrong: Ava Thornley, 10, in Year 6, on 5 October 2026."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest

from send_desk.domain.case import Authority, Case, CaseEvent, Document, Officer, Setting
from send_desk.domain.checks import check_case
from send_desk.domain.checks.lists import CheckLists, read_lists
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry, FieldValue, Links, Source
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Area, Cell, EntryKind, EventKind, PersonKind, Section, State, Voice
from send_desk.domain.ids import ContributionEventKind as Step
from send_desk.domain.person import SHE, Adviser, Child, Person
from send_desk.domain.rulebook import RuleBook
from send_desk.domain.rulebook_text import read_rulebook
from send_desk.domain.text import from_words
from send_desk.paths import resources

TODAY = date(2026, 10, 5)
Look = Callable[..., list[Finding]]


class Row(Protocol):
    """Makes an entry from plain words."""

    def __call__(self, id_: str, words: str = "", **more: object) -> Entry: ...


@pytest.fixture(scope="session")
def book() -> RuleBook:
    folder = resources()
    framework = [path.read_text("utf-8") for path in sorted((folder / "frameworks").glob("england-2014.*toml"))]
    calendars = [path.read_text("utf-8") for path in sorted((folder / "calendars").glob("*.toml"))]
    return read_rulebook(framework, calendars)


@pytest.fixture(scope="session")
def lists() -> CheckLists:
    return read_lists(path.read_text("utf-8") for path in sorted((resources() / "words").glob("*.toml")))


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def look(book: RuleBook, lists: CheckLists) -> Look:
    """Check a case; with a number, return what that check found, sorted as people see it."""

    def looked(case: Case, number: int | None = None, *, on: date = TODAY) -> list[Finding]:
        return [one for one in check_case(case, book, lists, on) if number in (None, one.check)]

    return looked


@pytest.fixture(scope="session")
def row() -> Row:
    """Make an entry; the section and kind follow from the id ("B7") unless they are given."""
    return _row


@pytest.fixture(scope="session")
def put() -> Callable[..., Case]:
    """Put rows into a case in the place of those of the same id, new ones at the end."""

    def placed(case: Case, *rows: Entry) -> Case:
        new = {one.id: one for one in rows}
        kept = tuple(new.pop(one.id, one) for one in case.entries)
        return replace(case, entries=(*kept, *new.values()))

    return placed


@pytest.fixture(scope="session")
def without() -> Callable[..., Case]:
    """Take rows out of a case, with all links to them."""

    def taken(case: Case, *ids: str) -> Case:
        def kept(links: Iterable[str]) -> tuple[str, ...]:
            return tuple(one for one in links if one not in ids)

        rows = (one for one in case.entries if one.id not in ids)
        linked = (
            replace(one, links=Links(kept(one.links.aspirations), kept(one.links.needs), kept(one.links.outcomes)))
            for one in rows
        )
        return replace(case, entries=tuple(linked))

    return taken


@pytest.fixture(scope="session")
def line() -> Callable[..., Case]:
    """Change the contribution of one id."""

    def changed(case: Case, id_: str, **more: object) -> Case:
        lines = tuple(replace(one, **more) if one.id == id_ else one for one in case.contributions)  # type: ignore[arg-type]  # any field
        return replace(case, contributions=lines)

    return changed


_KINDS = {
    "A": EntryKind.VIEW,
    "B": EntryKind.NEED,
    "C": EntryKind.NEED,
    "D": EntryKind.NEED,
    "E": EntryKind.OUTCOME,
    "F": EntryKind.PROVISION,
    "G": EntryKind.PROVISION,
    "H1": EntryKind.PROVISION,
    "H2": EntryKind.PROVISION,
    "I": EntryKind.PLACEMENT,
    "J": EntryKind.BUDGET,
    "K": EntryKind.ADVICE,
}


def _row(id_: str, words: str = "", **more: object) -> Entry:
    letter = id_.partition(".")[0] if id_.startswith("H") else id_[:1]
    fields = {"kind": _KINDS[letter], **more}
    return Entry(id_, Section(letter), text=from_words(words), **fields)  # type: ignore[arg-type]  # fields vary by kind


PAGES = {
    "d-family": ("Ava loves drawing horses. She wants to be a vet. Mum hopes she will make a friend.",),
    "d-school": ("Ava joins in best in the morning. She leaves the room when it is loud, about three times a week.",),
    "d-health": (
        "Ava was seen on 12 June 2026. Her sleep is short: five hours a night, and she is tired by noon.",
        "A school nurse should meet her parents once every six weeks to go through the sleep plan.",
    ),
    "d-psych": (
        "Ava finds it hard to hold more than two spoken instructions in mind at once.",
        "An adult should give each instruction with a picture, in every lesson. Ava should have a quiet place for ten "
        "minutes after lunch each day.",
    ),
    "d-care": ("We met Ava and her mother on 25 June 2026 and found no social care needs.",),
}


def _papers() -> tuple[Document, ...]:
    told = (
        ("d-family", "What we want you to know", "family", "Jo Thornley", "mother", date(2026, 6, 20)),
        ("d-school", "Advice from school", "education", "Sam Okoro", "headteacher", date(2026, 7, 1)),
        ("d-health", "Paediatric report", "health", "Dr Leena Shah", "paediatrician", date(2026, 7, 3)),
        ("d-psych", "Psychological advice", "psychology", "Rhona Bell", "educational psychologist", date(2026, 7, 8)),
        ("d-care", "Social care advice", "social_care", "Piotr Nowak", "social worker", date(2026, 6, 26)),
    )
    return tuple(
        Document(id_, title, cell, author, role, dated, f"{id_}.pdf", pages=PAGES[id_])
        for id_, title, cell, author, role, dated in told
    )


def _lines() -> tuple[Contribution, ...]:
    told = (
        ("c-family", Cell.FAMILY, Adviser("Jo Thornley", "mother"), State.CONTRIBUTES, "d-family"),
        ("c-school", Cell.EDUCATION, Adviser("Sam Okoro", "headteacher"), State.CONTRIBUTES, "d-school"),
        ("c-health", Cell.HEALTH, Adviser("Dr Leena Shah", "paediatrician"), State.CONTRIBUTES, "d-health"),
        ("c-psych", Cell.PSYCHOLOGY, Adviser("Rhona Bell", "educational psychologist"), State.CONTRIBUTES, "d-psych"),
        ("c-care", Cell.SOCIAL_CARE, Adviser("Piotr Nowak", "social worker"), State.NO_RELEVANT_NEEDS, "d-care"),
    )
    return tuple(
        Contribution(
            id_,
            cell,
            adviser,
            document=paper,
            events=(
                ContributionEvent(f"{id_}-1", Step.REQUESTED, date(2026, 6, 10)),
                ContributionEvent(f"{id_}-2", Step.RECEIVED, date(2026, 7, 10)),
                ContributionEvent(f"{id_}-3", Step.CONFIRMED, date(2026, 7, 13), state=state),
            ),
        )
        for id_, cell, adviser, state, paper in told
    )


def _provision(what: str, who: str, often: str, long: str, group: str) -> dict[str, FieldValue]:
    return {
        "what": what,
        "who": who,
        "qualification": "trained by the educational psychologist",
        "how_often": often,
        "how_long": long,
        "group": group,
        "for_how_long": "the school year",
        "review": "at the annual review",
    }


def _entries() -> tuple[Entry, ...]:
    judged = (Source(judgement=True, by="Maria Keogh"),)
    two_steps = Source("d-psych", 1, "hard to hold more than two spoken instructions in mind")
    loud = Source("d-school", 1, "She leaves the room when it is loud, about three times a week.")
    sleep = Source("d-health", 1, "Her sleep is short: five hours a night")
    nurse = Source("d-health", 2, "A school nurse should meet her parents once every six weeks")
    return (
        _row("A1", "Asked at home by Maria Keogh, with pictures to point at.", kind=EntryKind.HOW_VIEWS),
        _row("A2", "I like drawing horses. I am 10 and I want a friend.", voice=Voice.CHILD),
        _row(
            "A3",
            "Ava wants to be a vet when she is grown up.",
            kind=EntryKind.ASPIRATION,
            sources=(Source("d-family", 1, "She wants to be a vet."),),
        ),
        _row(
            "B1",
            "Ava finds it hard to hold more than two spoken instructions in mind, so she often begins and stops.",
            area=Area.COGNITION,
            sources=(two_steps,),
        ),
        _row(
            "B2",
            "When a room is loud Ava covers her ears and leaves it, about three times a week, and misses teaching.",
            area=Area.SENSORY_PHYSICAL,
            sources=(loud,),
        ),
        _row("C1", "Ava sleeps about five hours a night and is tired by noon.", area=Area.HEALTH, sources=(sleep,)),
        _row(
            "D1",
            "No social care needs were found by Piotr Nowak, social worker, on 26 June 2026.",
            kind=EntryKind.NIL,
            fields={"contribution": "c-care", "on": "2026-06-26"},
        ),
        _row(
            "E1",
            area=Area.COGNITION,
            fields={"by": "July 2027", "will": "carry out three spoken steps", "so_that": "she can work by herself"},
            links=Links(("A3",), ("B1",)),
        ),
        _row(
            "E2",
            area=Area.SENSORY_PHYSICAL,
            fields={"by": "July 2027", "will": "stay for a whole lesson", "so_that": "she learns with her class"},
            links=Links(("A3",), ("B2",)),
        ),
        _row(
            "E3",
            area=Area.HEALTH,
            fields={"by": "July 2027", "will": "sleep eight hours a night", "so_that": "she is awake to learn"},
            links=Links(("A3",), ("C1",)),
        ),
        _row("E4", "The plan will be reviewed by 30 September 2027, and steps each term.", kind=EntryKind.MONITORING),
        _row(
            "F1",
            fields=_provision("give each instruction with a picture", "Class teacher", "in every lesson", "", ""),
            links=Links((), ("B1",), ("E1",)),
            sources=(Source("d-psych", 2, "An adult should give each instruction with a picture, in every lesson."),),
        ),
        _row(
            "F2",
            fields=_provision(
                "a quiet place to rest", "Teaching assistant", "every day after lunch", "10 minutes", "1:1"
            ),
            links=Links((), ("B2",), ("E2",)),
            sources=(Source("d-psych", 2, "a quiet place for ten minutes after lunch each day"),),
        ),
        _row(
            "G1",
            fields={
                **_provision(
                    "meet Ava's parents about the sleep plan", "School nurse", "every six weeks", "30 minutes", ""
                ),
                "agreed_by": "Designated clinical officer",
            },
            links=Links((), ("C1",), ("E3",)),
            sources=(nurse,),
        ),
        _row("H1.1", "No provision is needed: no need stands in section D.", kind=EntryKind.NIL),
        _row("H2.1", "No provision is needed here either.", kind=EntryKind.NIL),
        _row("J1", "No personal budget was asked for.", kind=EntryKind.NIL, sources=judged),
        *(_row(f"K{number}", paper.title, sources=(Source(paper.id),)) for number, paper in enumerate(_papers(), 1)),
    )


@pytest.fixture
def good() -> Case:
    """A draft about which the checks have nothing to say."""
    return Case(
        "case-1",
        "T-100",
        Child("Ava Rose", "Thornley", date(2016, 7, 4), "Avie", SHE, "Year 6", postcode="DE4 3AG"),
        authority=Authority("830", "Hartshire"),
        officer=Officer("Maria Keogh", "EHC co-ordinator"),
        setting=Setting("Hartwell Primary School", "112233", since=date(2020, 9, 1)),
        people=(Person("p1", "Jo Thornley", "mother", PersonKind.FAMILY), Person("p2", "Liam Fell", "friend")),
        events=(
            CaseEvent("v1", EventKind.REQUEST_RECEIVED, date(2026, 5, 4)),
            CaseEvent("v2", EventKind.DECISION_ASSESS, date(2026, 6, 8)),
            CaseEvent("v3", EventKind.DECISION_PLAN, date(2026, 8, 20)),
        ),
        contributions=_lines(),
        documents=_papers(),
        entries=_entries(),
    )
