"""The made-up county of Harrowdale, told from seeded chance: children, plans, advice, settings, a directory, lists.

Nobody in it is real. The caller reads `resources/county/*.toml` and hands the texts in by their stem, with a seed and
the day; equal arguments give equal values, and another day moves the dates. No file, clock or framework is touched.
"""

from .others import OtherChild, digest_of, other_children, summary_rows
from .places import Establishment, directory, establishments, establishments_csv
from .reports import document_bytes
from .returns import InspectorsList, Sen2Tables, inspectors_rows, sen2_tables
from .telling import CASEWORKER, MANAGER, SHOWCASE_REFERENCE, Told, full_cases, told_cases

__all__ = [
    "CASEWORKER",
    "MANAGER",
    "SHOWCASE_REFERENCE",
    "Establishment",
    "InspectorsList",
    "OtherChild",
    "Sen2Tables",
    "Told",
    "digest_of",
    "directory",
    "document_bytes",
    "establishments",
    "establishments_csv",
    "full_cases",
    "inspectors_rows",
    "other_children",
    "sen2_tables",
    "summary_rows",
    "told_cases",
]
