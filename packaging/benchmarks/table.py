"""Sorting and filtering a manager's 10,000 rows in the model behind the table of cases: each under 16 ms."""

from collections.abc import Callable
from functools import partial
from statistics import median

from county import DAY, County
from measure import once, say_limit
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTableView

from send_desk.bootstrap.demo import SEED, county_texts
from send_desk.gui.case_model import CaseModel
from send_desk.gui.case_rows import Column, Wanted, case_rows
from send_desk.services import county as telling

_TYPED = ("m", "ma", "mar", "mart", "primary", "primary school", "assessment", "har 2", "zzz")
_ROUNDS = 7


def run(county: County) -> None:
    """Arrange the rows by each column, each chip and words as they are typed; the worst of the medians counts."""
    app = QApplication.instance() or QApplication(["bench"])
    lines = tuple(telling.summary_rows(SEED, DAY, county_texts()))[:10_000]
    made: list[CaseModel] = [CaseModel()]
    prepared = once(lambda: made[0].show_rows(case_rows(lines, today=DAY, mine=telling.MANAGER)))
    model = made[0]
    view = QTableView()
    view.setModel(model)
    view.resize(1180, 700)
    view.show()
    app.processEvents()
    took: dict[str, float] = {}
    for name, work in _works(model).items():
        spent = []
        for _ in range(_ROUNDS):
            spent.append(once(work).wall)
            app.processEvents()
        took[name] = median(spent)
    worst = max(took, key=took.__getitem__)
    say_limit(
        "table",
        took[worst],
        "ms",
        limit=16.0,
        clock="wall",
        worst=worst,
        median=median(took.values()),
        ways=len(took),
        rows=model.total,
        prepared_off_the_window=prepared.cpu,
    )
    view.close()


def _works(model: CaseModel) -> dict[str, Callable[[], None]]:
    works: dict[str, Callable[[], None]] = {}
    for column in Column:
        for order in Qt.SortOrder:
            works[f"sort {column.name} {order.name}"] = partial(model.sort, column, order)
    for wanted in (*Wanted, ~Wanted.NOTHING):
        works[f"chip {wanted.name}"] = partial(model.ask_for, wanted, "")
    for words in (*_TYPED, ""):
        works[f"words {words}"] = partial(model.ask_for, Wanted.NOTHING, words)
    return works
