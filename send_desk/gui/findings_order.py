"""Findings in the order in which a writer wants them: where the cursor is, in the section, in the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from send_desk.domain.finding import Finding
from send_desk.domain.ids import Section, Severity
from send_desk.gui.plan_view import PlanView

WEIGHT_WORDS: Mapping[Severity, str] = {
    Severity.BLOCK: "Must fix",
    Severity.WARN: "Worth a look",
    Severity.NOTE: "For information",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above findings: "F3: must fix"."""

    words: str


Item = Heading | Finding


def grouped(view: PlanView, section: Section | None, entry: str) -> Iterator[Item]:
    """Yield headings and findings: of the entry, of its section, of the plan, each by weight; set-aside ones last."""
    open_ = view.open_findings
    here = [one for one in open_ if entry and one.entry == entry]
    in_section = [one for one in open_ if one not in here and section is not None and one.section is section]
    rest = [one for one in open_ if one not in here and one not in in_section]
    label = view.labels.get(entry, "")
    for place, found in ((label, here), (f"Section {section}", in_section), ("The plan", rest)):
        for weight in Severity:
            of_weight = [one for one in found if one.severity is weight]
            if of_weight:
                yield Heading(f"{place}: {WEIGHT_WORDS[weight].lower()}")
                yield from of_weight
    aside = [one for one in view.findings if one.dismissed is not None]
    if aside:
        yield Heading("Said to be no issue here")
        yield from aside


def walk(view: PlanView) -> tuple[Finding, ...]:
    """The open findings in the order in which F8 walks them: as the plan is read, those without a place last."""
    sections = {section: at for at, section in enumerate(Section)}
    rows = {entry.id: at for at, entry in enumerate(view.case.entries)}

    def place(one: Finding) -> tuple[int, int, str]:
        return (
            sections[one.section] if one.section is not None else len(sections),
            rows.get(one.entry or "", -1),
            one.id,
        )

    return tuple(sorted(view.open_findings, key=place))


def next_finding(walked: Sequence[Finding], at: str, section: Section, entry: str, step: int) -> Finding | None:
    """The finding after (+1) or before (-1) the one with the id `at`; without it, the first at or after the place."""
    if not walked:
        return None
    ids = [one.id for one in walked]
    if at in ids:
        return walked[(ids.index(at) + step) % len(walked)]
    order = {name: place for place, name in enumerate(Section)}
    behind = [
        place
        for place, one in enumerate(walked)
        if one.section is None
        or order[one.section] > order[section]
        or (one.section is section and (not entry or one.entry == entry))
    ]
    first = behind[0] if behind else 0
    return walked[first if step > 0 else first - 1]


def place_words(view: PlanView, finding: Finding) -> str:
    """Where a finding stands: "F3", "Section G", or "The case"."""
    if finding.entry and finding.entry in view.labels:
        return view.labels[finding.entry]
    return f"Section {finding.section}" if finding.section else "The case"
