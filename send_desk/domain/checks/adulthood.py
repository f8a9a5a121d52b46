"""Check 28, the plan's own part: from year 9 it prepares for adulthood, in provision and in each of four strands."""

from collections.abc import Iterator

from send_desk.domain.dates import age_on
from send_desk.domain.finding import Finding, Law
from send_desk.domain.ids import EntryKind, Level, Section, Severity
from send_desk.domain.year_group import prepares_for_adulthood, year_of, year_words

from .advisers import ADULTHOOD
from .reading import Reading

_PROVISION_LAW = Law("SEND Regulations 2014 reg 12(3)", "secondary")
_STRANDS_LAW = Law("SEND Code of Practice 9.63, 9.64", "primary")
_CARE_LAW = Law("Care Act 2014 s58; Children Act 1989 s23C; SEND Code of Practice 9.69", "no")
_PROVISION = frozenset({Section.F, Section.G, Section.H1, Section.H2})
_NEARLY_GROWN = 17
_LEAVING_CARE = 16
_CARE_WORDS = ("care act", "transition assessment", "care leaver", "leaving care", "pathway plan", "adult social care")


def adulthood_prepared(reading: Reading) -> Iterator[Finding]:
    """From year 9, find a plan without provision for adulthood, and strands without an outcome; before it, nothing."""
    child = reading.case.child
    if not prepares_for_adulthood(child, reading.book, reading.today):
        return
    year = year_words(year_of(child, reading.book, reading.today) or 0)
    provision = [one for one in reading.filled if one.section in _PROVISION and one.kind is EntryKind.PROVISION]
    outcomes = [one for one in reading.filled if one.kind is EntryKind.OUTCOME]
    strand_of = {one.id: reading.marks[one.id].strands for one in (*provision, *outcomes)}
    towards = {one.id for one in outcomes if strand_of[one.id]}
    if provision and not any(strand_of[one.id] or towards & set(one.links.outcomes) for one in provision):
        yield ADULTHOOD.find(
            "F",
            f"{reading.name} is in {year}, and nothing in F, G or H prepares for adulthood and independent living.",
            part="provision",
            section=Section.F,
            law=_PROVISION_LAW,
            mend="Add provision towards work, independent living, the community or good health.",
        )
    if outcomes:
        told = frozenset().union(*(strand_of[one.id] for one in outcomes))
        for strand in reading.book.strands:
            if strand.id not in told:
                yield ADULTHOOD.find(
                    "E",
                    f"{reading.name} is in {year}. Section E has no outcome for {strand.title.lower()}.",
                    part=strand.id,
                    severity=Severity.WARN,
                    level=Level.ASKS,
                    section=Section.E,
                    law=_STRANDS_LAW,
                    mend=f"Add an outcome for {strand.title.lower()}, or say why none is needed now.",
                )
    yield from _care_prompt(reading)


def _care_prompt(reading: Reading) -> Iterator[Finding]:
    child = reading.case.child
    age = age_on(child.date_of_birth, reading.today) if child.date_of_birth else 0
    leaving = child.looked_after and age >= _LEAVING_CARE
    if not reading.filled or (age < _NEARLY_GROWN and not leaving):
        return
    if any(word in entry.words.casefold() for entry in reading.filled for word in _CARE_WORDS):
        return
    what = (
        "what a care leaver is owed, and an assessment under the Care Act"
        if leaving
        else "an assessment under the Care Act"
    )
    yield ADULTHOOD.find(
        "plan",
        f"{reading.name} is {age}. Has {what} been thought of?",
        part="care_act",
        severity=Severity.NOTE,
        level=Level.GUIDED,
        law=_CARE_LAW,
        mend="Say in section D or H2 what was decided, or ask social care.",
    )
