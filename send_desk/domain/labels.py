"""How a row of the plan is named to people: "F3", the letter of its section and its place in it."""

from collections import Counter
from collections.abc import Mapping

from .case import Case
from .entry import Entry
from .ids import Section


def labels(case: Case) -> Mapping[str, str]:
    """Return the label of every entry by its id; H1 and H2 keep a point before the number: "H1.2"."""
    seen: Counter[Section] = Counter()
    found: dict[str, str] = {}
    for entry in case.entries:
        seen[entry.section] += 1
        found[entry.id] = _label(entry.section, seen[entry.section])
    return found


def label(case: Case, entry: Entry) -> str:
    """Return the label of one entry, the letter alone where the case does not hold it."""
    return labels(case).get(entry.id, str(entry.section))


def _label(section: Section, number: int) -> str:
    parted = section in (Section.H1, Section.H2)
    return f"{section}.{number}" if parted else f"{section}{number}"
