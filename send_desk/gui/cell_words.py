"""The seven cells of a case's line in words, for the strip."""

from __future__ import annotations

from collections.abc import Mapping

from send_desk.domain.ids import Cell, State
from send_desk.domain.summary import Summary
from send_desk.gui.strip import StripCell, StripRow

CELL_WORDS: Mapping[Cell, str] = {
    Cell.FAMILY: "Family",
    Cell.EDUCATION: "Education",
    Cell.HEALTH: "Health",
    Cell.PSYCHOLOGY: "Psychology",
    Cell.SOCIAL_CARE: "Social care",
    Cell.ADULTHOOD: "Adulthood",
    Cell.OTHERS: "Others",
}


def strip_row(line: Summary) -> StripRow:
    """Return the strip of a case's line; a cell the line does not name is not due."""
    return StripRow(tuple(_cell(line, cell) for cell in Cell))


def _cell(line: Summary, cell: Cell) -> StripCell:
    state = line.strip.get(cell, State.NOT_DUE)
    told = line.tips.get(cell, "") or str(state).replace("_", " ")
    name = CELL_WORDS[cell]
    return StripCell(cell, state, f"{name}: {told}", f"{name}: {told}")
