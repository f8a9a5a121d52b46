"""A table as it came from a file: numbered rows of words, before anybody has said what its columns mean."""

from dataclasses import dataclass

Row = tuple[int, tuple[str, ...]]
"""A row's number as its spreadsheet counts, the first being 1, and its cells without empty ones at the end."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook or one CSV file; `problem` says in words why there are no rows."""

    file: str
    rows: tuple[Row, ...] = ()
    sheet: str = ""
    problem: str = ""

    @property
    def name(self) -> str:
        """How the table is named to a person: the file, and the sheet where it has one."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file
