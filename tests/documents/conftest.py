"""A filled case of a made-up child in a made-up county, and the shipped wording, for the tests of papers."""

from datetime import date
from pathlib import Path

import pytest

from send_desk.documents.wording import Wording, read_wording
from send_desk.domain.case import Authority, Case, CaseEvent, Document, Officer, Setting
from send_desk.domain.contribution import Contribution, ContributionEvent
from send_desk.domain.entry import Entry, Links, Source
from send_desk.domain.ids import (
    Area,
    Cell,
    ContributionEventKind,
    EntryKind,
    EventKind,
    PersonKind,
    Section,
    State,
    Voice,
)
from send_desk.domain.person import SHE, Adviser, Child, Person
from send_desk.domain.text import Block, BlockKind, Run, Style, from_words
from send_desk.paths import resources

TODAY = date(2026, 5, 4)


@pytest.fixture(scope="session")
def shipped() -> Path:
    return resources()


@pytest.fixture(scope="session")
def wording(shipped: Path) -> Wording:
    return read_wording(shipped)


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def bare() -> Case:
    """A case on its first day: nothing is known but the name."""
    return Case("c0", "R-0001", Child("Noor", "Hale"))


@pytest.fixture(scope="session")
def filled() -> Case:
    """A case two months after the decision to assess: health has found nothing, social care is late."""
    return Case(
        id="c1",
        reference="CB-2026-0417",
        child=Child(
            "Ava Rose",
            "Thornley",
            date(2016, 7, 9),
            known_as="Avie",
            pronouns=SHE,
            year_group="Year 4",
            upn="H801200001001",
            nhs_number="943 476 5919",
            address="12 Weir Lane\nHartwell",
            postcode="CB4 7QX",
            first_language="English",
            communication="Speaks in short sentences; uses picture cards when tired or worried.",
        ),
        authority=Authority("999", "Calderbrook County Council"),
        officer=Officer(
            "Priya Nandakumar", "EHC co-ordinator", "01632 960 144", "priya.nandakumar@calderbrook.example"
        ),
        setting=Setting("Hartwell Primary School", "999001", "mainstream", date(2020, 9, 2)),
        people=_people(),
        events=(
            CaseEvent("ev1", EventKind.REQUEST_RECEIVED, date(2026, 1, 19)),
            CaseEvent("ev2", EventKind.DECISION_ASSESS, date(2026, 2, 27)),
        ),
        contributions=_contributions(),
        documents=_documents(),
        entries=(*_views(), *_needs(), *_outcomes(), *_provision(), *_rest()),
    )


def _people() -> tuple[Person, ...]:
    return (
        Person("p1", "Joanne Thornley", "mother", PersonKind.FAMILY, parental_responsibility=True, receives_copy=True),
        Person("p2", "Marcus Thornley", "father", PersonKind.FAMILY, parental_responsibility=True, receives_copy=True),
        Person("p3", "Colin Barraclough", "uncle", PersonKind.FAMILY, barred=True),
    )


def _event(id_: str, kind: ContributionEventKind, on: date, state: State | None = None) -> ContributionEvent:
    return ContributionEvent(id_, kind, on, state=state)


def _answered(id_: str, cell: Cell, adviser: Adviser, on: date, state: State, document: str) -> Contribution:
    asked = _event(f"{id_}a", ContributionEventKind.REQUESTED, date(2026, 3, 3))
    came = _event(f"{id_}b", ContributionEventKind.RECEIVED, on)
    said = _event(f"{id_}c", ContributionEventKind.CONFIRMED, on, state)
    return Contribution(id_, cell, adviser, document=document, events=(asked, came, said))


def _contributions() -> tuple[Contribution, ...]:
    chases = (
        _event("k5b", ContributionEventKind.CHASED, date(2026, 4, 15)),
        _event("k5c", ContributionEventKind.CHASED, date(2026, 4, 28)),
    )
    asked = _event("k5a", ContributionEventKind.REQUESTED, date(2026, 3, 3))
    return (
        _answered("k1", Cell.FAMILY, Adviser("Joanne Thornley", "mother"), date(2026, 3, 12), State.CONTRIBUTES, "d1"),
        _answered(
            "k2",
            Cell.EDUCATION,
            Adviser("Ruth Okafor", "head teacher", "Hartwell Primary School"),
            date(2026, 3, 30),
            State.CONTRIBUTES,
            "d2",
        ),
        _answered(
            "k3",
            Cell.HEALTH,
            Adviser("Dr Leila Haddad", "community paediatrician", "Calderbrook Community Health"),
            date(2026, 4, 9),
            State.NO_RELEVANT_NEEDS,
            "d3",
        ),
        _answered(
            "k4",
            Cell.PSYCHOLOGY,
            Adviser("Tomasz Wiśniewski", "educational psychologist", "Calderbrook Psychology Service"),
            date(2026, 4, 2),
            State.CONTRIBUTES,
            "d4",
        ),
        Contribution(
            "k5", Cell.SOCIAL_CARE, Adviser("", "duty social worker", "Children's social care"), events=(asked, *chases)
        ),
    )


def _documents() -> tuple[Document, ...]:
    return (
        Document("d1", "What Ava's family say", "family", "Joanne Thornley", "mother", date(2026, 3, 12)),
        Document("d2", "School advice", "education", "Ruth Okafor", "head teacher", date(2026, 3, 30)),
        Document("d3", "Medical advice", "health", "Dr Leila Haddad", "community paediatrician", date(2026, 4, 9)),
        Document(
            "d4",
            "Psychological advice",
            "psychology",
            "Tomasz Wiśniewski",
            "educational psychologist",
            date(2026, 4, 2),
        ),
        Document(
            "d5",
            "Speech and language report",
            "others",
            "Megan Rhys-Pugh",
            "speech and language therapist",
            date(2026, 2, 20),
        ),
        Document("l1", "Letter asking for advice", "", "Priya Nandakumar", "EHC co-ordinator", date(2026, 3, 3)),
    )


def _views() -> tuple[Entry, ...]:
    bullets = tuple(
        Block(BlockKind.BULLET, (Run(words),))
        for words in (
            "the Hope Valley timetable, which she can recite from either end",
            "her rabbit, Button, who sleeps in a signal box made of cardboard",
            "drawing maps of places that do not exist yet",
        )
    )
    return (
        Entry(
            "a1",
            Section.A,
            EntryKind.HOW_VIEWS,
            voice=Voice.CHILD,
            fields={
                "how": "A walk round the school with a map to draw on, then a talk with pictures to choose from",
                "when": "18 March 2026",
                "by": "Ms Bell, who teaches her in the mornings",
                "method": "Speech and picture cards",
            },
        ),
        Entry(
            "a2",
            Section.A,
            EntryKind.VIEW,
            (Block(BlockKind.PARAGRAPH, (Run("Avie told us what matters to her:"),)), *bullets),
            voice=Voice.CHILD,
        ),
        Entry(
            "a3",
            Section.A,
            EntryKind.VIEW,
            (
                Block(
                    BlockKind.PARAGRAPH,
                    (
                        Run("“When everybody talks it goes "),
                        Run("all fuzzy", Style.STRONG),
                        Run(" and then I don't know where the words went. I like it when "),
                        Run("one", Style.EMPHASIS),
                        Run(" person says "),
                        Run("one", Style.EMPHASIS),
                        Run(" thing.”"),
                    ),
                ),
            ),
            voice=Voice.CHILD,
        ),
        Entry(
            "a4",
            Section.A,
            EntryKind.ASPIRATION,
            from_words("“I want to work in the signal box and make the trains go at the right time.”"),
            voice=Voice.CHILD,
        ),
        Entry(
            "a5",
            Section.A,
            EntryKind.HOW_VIEWS,
            voice=Voice.FAMILY,
            fields={"how": "At home, over an hour and a half", "when": "12 March 2026", "by": "Priya Nandakumar"},
        ),
        Entry(
            "a6",
            Section.A,
            EntryKind.VIEW,
            from_words(
                "Joanne and Marcus describe a funny, determined girl who notices what others miss. Mornings before "
                "school are the hardest part of the day: most weeks there are two or three when she cannot get her "
                "shoes on for worry.\n\nThey would like adults at school to know the signs early, before it is too "
                "much, and not to read her silence as not listening."
            ),
            voice=Voice.FAMILY,
        ),
        Entry(
            "a7",
            Section.A,
            EntryKind.ASPIRATION,
            from_words("That she has a friend who asks her round, and that she can tell an adult when she is worried."),
            voice=Voice.FAMILY,
        ),
        Entry(
            "a8",
            Section.A,
            EntryKind.HISTORY,
            from_words(
                "Avie was born at term after an ordinary pregnancy. She walked at fourteen months and used single "
                "words at two and a half. She has been at the same school since Reception and repeated no year."
            ),
        ),
    )


def _need(id_: str, area: Area, words: str, section: Section = Section.B) -> Entry:
    return Entry(id_, section, EntryKind.NEED, from_words(words), area)


def _needs() -> tuple[Entry, ...]:
    return (
        Entry(
            "b1",
            Section.B,
            EntryKind.STRENGTH,
            from_words("Avie has a wide vocabulary for what she loves and explains how points and signals work."),
            Area.COMMUNICATION,
        ),
        _need(
            "b2",
            Area.COMMUNICATION,
            "Avie follows an instruction with two parts when it is said once and nobody else is speaking. With three "
            "or more parts, or in the noise of a full classroom, she does the last part only and then stops.",
        ),
        _need(
            "b3",
            Area.COMMUNICATION,
            "She does not yet start a conversation with a child she does not know, and waits to be spoken to. At "
            "break she walked the edge of the playground on nine of the ten days on which this was recorded.",
        ),
        Entry(
            "b4",
            Section.B,
            EntryKind.STRENGTH,
            from_words("She reads timetables and maps far above her age and remembers them exactly."),
            Area.COGNITION,
        ),
        _need(
            "b5",
            Area.COGNITION,
            "She reads aloud at the level of a child of six years and ten months and loses the thread of a text longer "
            "than about eight lines, so that she cannot answer what happened first.",
        ),
        _need(
            "b6",
            Area.SEMH,
            "Changes that she was not told of bring strong worry: she hides under a table or leaves the room, and "
            "needs about twenty minutes before she can speak again. In the spring term this happened eleven times.",
        ),
        _need(
            "b7",
            Area.SENSORY_PHYSICAL,
            "She holds a pencil with her whole hand and tires after about five lines; her writing then cannot be read.",
        ),
        Entry(
            "cn",
            Section.C,
            EntryKind.NIL,
            fields={"contribution": "k3", "on": "2026-04-09"},
        ),
    )


def _outcomes() -> tuple[Entry, ...]:
    return (
        Entry(
            "e1",
            Section.E,
            EntryKind.OUTCOME,
            fields={
                "by": "the end of Year 6",
                "by_date": "2028-07-21",
                "will": "carry out a spoken instruction with three parts in class, without its being said again, in "
                "four out of five tries",
                "so_that": "she can begin her work with everybody else",
                "baseline": "one try in five",
                "baseline_on": "2026-03-30",
                "steps": (
                    "By December 2026, three parts with a picture for each",
                    "By July 2027, three parts with one picture",
                ),
            },
            links=Links(aspirations=("a4",), needs=("b2",)),
        ),
        Entry(
            "e2",
            Section.E,
            EntryKind.OUTCOME,
            fields={
                "by": "the end of Year 5",
                "will": "ask another child to join a game of her choosing at least twice a week",
                "so_that": "she has company at break when she wants it",
                "baseline": "not yet seen",
            },
            links=Links(aspirations=("a7",), needs=("b3",)),
        ),
        Entry(
            "e3",
            Section.E,
            EntryKind.OUTCOME,
            fields={
                "by": "July 2027",
                "will": "show her worry card to an adult before she leaves a room, three times out of four",
                "so_that": "she is back with her class within ten minutes",
            },
            links=Links(aspirations=("a7",), needs=("b6",)),
        ),
        Entry(
            "e4",
            Section.E,
            EntryKind.MONITORING,
            from_words(
                "The class teacher writes the steps above into short-term targets each term, with Avie and her "
                "parents, and keeps a sheet of tries and successes. The plan is reviewed each year."
            ),
        ),
    )


def _given(id_: str, section: Section, links: Links, **fields: str) -> Entry:
    return Entry(id_, section, EntryKind.PROVISION, fields=fields, links=links)


def _provision() -> tuple[Entry, ...]:
    return (
        _given(
            "f1",
            Section.F,
            Links(needs=("b2",), outcomes=("e1",)),
            what="direct speech and language therapy on listening to and remembering instructions",
            who="a speech and language therapist",
            qualification="registered with the Health and Care Professions Council",
            how_often="once a week in term time",
            how_long="45 minutes",
            group="one to one",
            for_how_long="38 weeks a year",
            review="each term, by the therapist with the class teacher",
        ),
        _given(
            "f2",
            Section.F,
            Links(needs=("b3",), outcomes=("e2",)),
            what="a lunchtime map club in which Avie and the others plan and draw together",
            who="a teaching assistant",
            qualification="trained by the therapist for one day a term",
            how_often="twice a week in term time",
            how_long="30 minutes",
            group="Avie and three children of her class",
            for_how_long="38 weeks a year",
            review="each half-term",
        ),
        _given(
            "f3",
            Section.F,
            Links(needs=("b5",)),
            what="a structured reading programme that builds words from their sounds, with a text of no more than "
            "eight lines, which grows by two lines each half-term",
            who="a teacher",
            qualification="holding a diploma in teaching learners with specific difficulties in reading",
            how_often="four times a week in term time",
            how_long="25 minutes",
            group="one to one",
            for_how_long="two school years",
            review="each term",
        ),
        _given(
            "f4",
            Section.F,
            Links(needs=("b6",), outcomes=("e3",)),
            what="a written and drawn timetable of the day, gone through on arrival, with each change marked in red",
            who="the class teacher",
            how_often="every school day",
            how_long="10 minutes",
            group="one to one",
            for_how_long="the whole school year",
            review="each half-term",
        ),
        _given(
            "f5",
            Section.F,
            Links(needs=("b7",)),
            what="a laptop with a keyboard tutor for all writing longer than five lines",
            who="a teaching assistant, trained by an occupational therapist for half a day",
            how_often="five times a week",
            how_long="15 minutes of touch-typing",
            group="one to one",
            for_how_long="38 weeks a year",
            review="each term",
        ),
    )


def _rest() -> tuple[Entry, ...]:
    return (
        Entry("gn", Section.G, EntryKind.NIL, fields={"contribution": "k3"}),
        Entry(
            "dn",
            Section.D,
            EntryKind.NIL,
            from_words("None known."),
        ),
        Entry("kk1", Section.K, EntryKind.ADVICE, from_words("What the family told us"), sources=(Source("d1", 1),)),
        Entry("kk2", Section.K, EntryKind.ADVICE, from_words("Advice of the school"), sources=(Source("d2", 1),)),
        Entry("kk3", Section.K, EntryKind.ADVICE, from_words("Medical advice"), sources=(Source("d3", 1),)),
        Entry("kk4", Section.K, EntryKind.ADVICE, sources=(Source("d4", 2),)),
    )
