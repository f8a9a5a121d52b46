"""Check 13: the child's numbers have the right form and check letter or digit."""

from collections.abc import Callable, Iterator, Mapping

from send_desk.domain.finding import Finding, Law
from send_desk.domain.identifiers import nhs_number_fault, postcode_fault, uln_fault, upn_fault
from send_desk.domain.ids import Level, Severity

from .check import Check
from .reading import Reading

NUMBERS = Check(13, Level.EXACT, Severity.WARN, Law("UK GDPR art 5(1)(d), accuracy", "no"))

_FAULTS: Mapping[str, tuple[str, Callable[[str], str], str]] = {
    "nhs_number": ("NHS number", nhs_number_fault, "NHS Data Dictionary, NHS number"),
    "upn": ("UPN", upn_fault, "Department for Education, guide to unique pupil numbers"),
    "uln": ("ULN", uln_fault, "Learning Records Service, unique learner number"),
    "postcode": ("postcode", postcode_fault, "BS 7666, form of postcodes"),
}


def numbers_of_child(reading: Reading) -> Iterator[Finding]:
    """Find numbers of the child in which a key was pressed wrongly."""
    child = reading.case.child
    for field, (name, fault_of, source) in _FAULTS.items():
        value = str(getattr(child, field))
        fault = fault_of(value)
        if fault:
            yield NUMBERS.find(
                "child",
                f"The {name} {value.strip()} cannot be right: {fault}.",
                part=field,
                field=field,
                quote=value,
                law=Law(source, "no"),
                mend=f"Look up the {name} again.",
            )
