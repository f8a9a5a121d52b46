"""The answer of the command `check` as interface.md pins it: send-desk/check-1."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from send_desk.domain.case import Case
from send_desk.domain.finding import Finding
from send_desk.domain.ids import Severity

SCHEMA = "send-desk/check-1"


def findings_json(case: Case, findings: Iterable[Finding], today: date) -> dict[str, object]:
    """Return the answer; `case` is the reference, and the counts leave out what was dismissed with a reason."""
    told = list(findings)
    counts = Counter(one.severity for one in told if one.dismissed is None)
    return {
        "schema": SCHEMA,
        "case": case.reference or case.id,
        "today": today.isoformat(),
        "findings": [finding_json(one) for one in told],
        "counts": {str(severity): counts[severity] for severity in Severity},
    }


def finding_json(finding: Finding) -> dict[str, object]:
    """Return one finding as it stands in the answer."""
    return {
        "id": finding.id,
        "check": finding.check,
        "severity": str(finding.severity),
        "level": str(finding.level),
        "section": str(finding.section) if finding.section is not None else None,
        "entry": finding.entry,
        "contribution": finding.contribution,
        "field": finding.field,
        "quote": finding.quote,
        "reason": finding.reason,
        "law": {"citation": finding.law.citation, "confirmed": str(finding.law.confirmed)},
        "mend": finding.mend,
        "dismissed": finding.dismissed,
    }
