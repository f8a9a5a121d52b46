"""What comes in from other programs: lists of children, whole plans, the register of schools, the directory."""

from .importing_cases import ImportReport, Outcome, RowOutcome, Watch, import_cases
from .importing_columns import ListColumn, ListColumns, columns_of, field_names
from .importing_layouts import Layout, layout_from
from .importing_mapping import remember_mapping
from .importing_plan import PlanOutcome, import_plan
from .importing_registers import DirectoryReport, import_directory, import_settings

__all__ = [
    "DirectoryReport",
    "ImportReport",
    "Layout",
    "ListColumn",
    "ListColumns",
    "Outcome",
    "PlanOutcome",
    "RowOutcome",
    "Watch",
    "columns_of",
    "field_names",
    "import_cases",
    "import_directory",
    "import_plan",
    "import_settings",
    "layout_from",
    "remember_mapping",
]
