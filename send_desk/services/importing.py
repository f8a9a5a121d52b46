"""What comes in from other programs: lists of children, whole plans, the register of schools, the directory."""

from .importing_cases import ImportReport, Outcome, RowOutcome, import_cases
from .importing_layouts import Layout, layout_from
from .importing_mapping import remember_mapping
from .importing_plan import PlanOutcome, import_plan
from .importing_registers import DirectoryReport, import_directory, import_settings

__all__ = [
    "DirectoryReport",
    "ImportReport",
    "Layout",
    "Outcome",
    "PlanOutcome",
    "RowOutcome",
    "import_cases",
    "import_directory",
    "import_plan",
    "import_settings",
    "layout_from",
    "remember_mapping",
]
