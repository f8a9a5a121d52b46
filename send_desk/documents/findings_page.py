"""The appendix for the writer and the panel: the findings that the writer chose to print, and no others."""

from collections.abc import Iterable, Iterator

from send_desk.domain.finding import Finding
from send_desk.domain.ids import Severity
from send_desk.domain.text import Run, Style

from .blocks import Block, Group, Heading, PageBreak, Paragraph, Role, paragraph
from .draft_view import DraftView


def findings_page(view: DraftView, findings: Iterable[Finding]) -> Iterator[Block]:
    """Yield the appendix on a page of its own, the weightiest findings first; nothing where none was chosen."""
    chosen = tuple(findings)
    if not chosen:
        return
    yield PageBreak()
    yield Heading(view.say("findings.heading"), 2)
    yield paragraph(view.say("findings.text"), Role.QUIET)
    for severity in Severity:
        of_severity = [finding for finding in chosen if finding.severity is severity]
        if of_severity:
            yield Heading(view.say(f"findings.{severity}"), 3)
        yield from (_finding(view, finding) for finding in of_severity)


def _finding(view: DraftView, finding: Finding) -> Group:
    place = view.labels.get(finding.entry or "", finding.section or "")
    quote = (Run(f" “{finding.quote}”", Style.EMPHASIS),) if finding.quote else ()
    parts = [Paragraph((Run(finding.reason), *quote))]
    if finding.mend:
        parts.append(paragraph(finding.mend))
    if finding.dismissed:
        parts.append(paragraph(view.say("findings.dismissed", reason=finding.dismissed), Role.QUIET))
    parts.append(paragraph(view.say("findings.law", citation=finding.law.citation), Role.QUIET))
    return Group(place, tuple(parts))
