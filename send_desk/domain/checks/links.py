"""Checks 36 to 40: where the golden thread breaks."""

from collections.abc import Callable, Iterator

from send_desk.domain.entry import Entry
from send_desk.domain.finding import Finding, Law
from send_desk.domain.golden_thread import Gap, Missing
from send_desk.domain.ids import EntryKind, Level, Section, Severity
from send_desk.domain.provision_sentence import outcome_sentence

from .check import Check
from .reading import Reading

NEED_MET = Check(
    36,
    Level.EXACT,
    Severity.BLOCK,
    Law(
        "SEND Code of Practice 9.69, section F; R v Secretary of State for Education ex p E [1992] 1 FLR 377", "primary"
    ),
)
PROVISION_MEETS = Check(
    37, Level.EXACT, Severity.WARN, Law("Children and Families Act 2014 s37(2); SEND Code of Practice 9.69", "primary")
)
OUTCOME_TIED = Check(38, Level.EXACT, Severity.WARN, Law("SEND Code of Practice 9.66, 9.69, section E", "primary"))
OUTCOME_ASPIRES = Check(39, Level.EXACT, Severity.WARN, Law("SEND Code of Practice 9.64, 9.69, sections A and E", "no"))
CARE_OUTCOME = Check(40, Level.EXACT, Severity.WARN, Law("SEND Code of Practice 9.64, 9.69, section E", "primary"))

_WHERE = {
    Section.B: "section F",
    Section.C: "section G",
    Section.D: "sections H1 and H2",
}


def thread_gaps(reading: Reading) -> Iterator[Finding]:
    """Tell of each gap in the thread; where section A has no aspiration at all, once for the whole plan."""
    rows = {entry.id: entry for entry in reading.case.entries}
    aspired = any(entry.kind is EntryKind.ASPIRATION for entry in rows.values())
    outcomes = [entry for entry in rows.values() if entry.kind is EntryKind.OUTCOME]
    # Where there is none at all, the empty section is the one fault, not every row that would need one.
    silent = ({Missing.ASPIRATION} if not aspired else set()) | ({Missing.OUTCOME} if not outcomes else set())
    gaps: dict[str, list[Gap]] = {}
    for gap in reading.gaps:
        gaps.setdefault(gap.entry, []).append(gap)
    for id_, found in gaps.items():
        entry = rows[id_]
        yield from _TELL[entry.kind](entry, {gap.missing for gap in found} - silent, reading)
    if outcomes and not aspired:
        yield OUTCOME_ASPIRES.find(
            "A",
            f"Section A records no aspiration, so no outcome can serve one of {reading.name}'s.",
            section=Section.A,
            mend="Record what the child and the family hope for, in their own words where possible.",
        )


def _need(entry: Entry, lacks: set[Missing], reading: Reading) -> Iterator[Finding]:
    label = reading.label(entry.id)
    if Missing.PROVISION in lacks:
        yield _of(
            NEED_MET,
            entry,
            f"{label}: no provision in {_WHERE.get(entry.section, 'the plan')} meets this need.",
            severity=Severity.BLOCK if entry.section is Section.B else Severity.WARN,
            mend="Link the provision that meets it, add one, or record why there is none.",
        )
    if Missing.OUTCOME in lacks:
        yield _of(
            OUTCOME_TIED, entry, f"{label}: no outcome belongs to this need.", mend="Link or add an outcome in E."
        )
    if Missing.CARE_OUTCOME in lacks:
        kind = "health" if entry.section is Section.C else "care"
        yield _of(
            CARE_OUTCOME,
            entry,
            f"{label} is a {kind} need, and its outcomes are about education only.",
            mend=f"Add a {kind} outcome in E, or mark the area of the one that is meant.",
        )


def _outcome(entry: Entry, lacks: set[Missing], reading: Reading) -> Iterator[Finding]:
    label = reading.label(entry.id)
    untied = [word for missing, word in ((Missing.NEED, "need"), (Missing.PROVISION, "provision")) if missing in lacks]
    if untied:
        yield _of(
            OUTCOME_TIED,
            entry,
            f"{label}: no {' and no '.join(untied)} is linked to this outcome.",
            mend="Link the need it is for and the provision that works towards it.",
            quote=outcome_sentence(entry, reading.case.child),
        )
    if Missing.ASPIRATION in lacks:
        yield _of(
            OUTCOME_ASPIRES,
            entry,
            f"{label}: which of the aspirations in section A does this outcome serve?",
            mend="Link the aspiration it serves.",
            quote=outcome_sentence(entry, reading.case.child),
        )


def _provision(entry: Entry, _lacks: set[Missing], reading: Reading) -> Iterator[Finding]:
    """Provision lacks nothing but a need."""
    yield _of(
        PROVISION_MEETS,
        entry,
        f"{reading.label(entry.id)}: which need does this provision meet?",
        mend="Link the need it meets.",
        quote=entry.value("what"),
    )


_TELL: dict[EntryKind, Callable[[Entry, set[Missing], Reading], Iterator[Finding]]] = {
    EntryKind.NEED: _need,
    EntryKind.OUTCOME: _outcome,
    EntryKind.PROVISION: _provision,
}


def _of(
    check: Check, entry: Entry, reason: str, *, mend: str, severity: Severity | None = None, quote: str = ""
) -> Finding:
    return check.find(
        entry.id,
        reason,
        severity=severity,
        section=entry.section,
        entry=entry.id,
        quote=entry.words or quote,
        mend=mend,
    )
