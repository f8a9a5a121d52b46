"""The thread can be seen, heard and walked with the keys; gaps are in it like entries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from send_desk.gui.look import Look
from send_desk.gui.thread import Column, Gap, Link, Node, Thread
from send_desk.gui.thread_map import ThreadMap

THREAD = Thread(
    nodes=(
        Node("a1", Column.ASPIRATION, "A1", "To ride the bus alone."),
        Node("b1", Column.NEED, "B1", "Finds noise hard."),
        Node("b2", Column.NEED, "B2", "Understands two words at a time."),
        Node("e1", Column.OUTCOME, "E1", "Will ask for a break."),
        Node("f1", Column.PROVISION, "F1", "Therapy once a week."),
        Node("f2", Column.PROVISION, "F2", "A key adult."),
    ),
    links=(Link("a1", "b2"), Link("b2", "e1"), Link("e1", "f1"), Link("f1", "nobody")),
    gaps=(Gap("b1", Column.OUTCOME, "No outcome for B1."),),
)


@pytest.fixture
def thread_map(look: Look, qtbot: QtBot) -> ThreadMap:
    made = ThreadMap(look)
    qtbot.addWidget(made)
    made.show_thread(THREAD)
    made.resize(700, made.sizeHint().height())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def stop(thread_map: ThreadMap, name: str) -> QAbstractButton:
    found = thread_map.findChild(QAbstractButton, f"thread.{name}")
    assert isinstance(found, QAbstractButton)
    return found


def focused() -> str:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget.objectName()


def test_every_entry_and_gap_can_be_heard(thread_map: ThreadMap) -> None:
    assert stop(thread_map, "b2").accessibleName() == "B2: Understands two words at a time."
    assert stop(thread_map, "b2").accessibleDescription() == "Needs. Joined to A1, E1."
    assert stop(thread_map, "f2").accessibleDescription() == "Provision. Joined to nothing."
    assert stop(thread_map, "gap.b1.outcome").accessibleName() == "Gap: No outcome for B1."


def test_the_map_as_a_list() -> None:
    lines = THREAD.lines()
    assert lines[0] == "A1: To ride the bus alone. Joined to B2."
    assert lines[-1] == "Gap: No outcome for B1."
    assert len(lines) == len(THREAD.nodes) + len(THREAD.gaps)


def test_columns_stand_side_by_side_and_nothing_overlaps(thread_map: ThreadMap) -> None:
    for width in (240, 683, 1200):
        thread_map.resize(width, thread_map.height())
        stops = thread_map.findChildren(QAbstractButton)
        for at, one in enumerate(stops):
            assert thread_map.rect().contains(one.geometry())
            assert not any(one.geometry().intersects(other.geometry()) for other in stops[at + 1 :])
        lefts = [stop(thread_map, name).geometry().left() for name in ("a1", "b1", "e1", "f1")]
        assert lefts == sorted(set(lefts))


def test_arrows_follow_the_joins(thread_map: ThreadMap) -> None:
    stop(thread_map, "a1").setFocus()
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(QApplication.focusWidget(), key)
        walked.append(focused())
    assert walked == ["thread.b2", "thread.e1", "thread.f1", "thread.f1", "thread.f2"]
    stop(thread_map, "b1").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert focused() == "thread.gap.b1.outcome"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert focused() == "thread.b1"


def test_one_tab_stop(thread_map: ThreadMap) -> None:
    stop(thread_map, "e1").setFocus()
    tabbed = [
        button for button in thread_map.findChildren(QAbstractButton) if button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert tabbed == [stop(thread_map, "e1")]


@pytest.mark.parametrize(("name", "node"), [("f1", "f1"), ("gap.b1.outcome", "b1")])
def test_enter_opens_the_entry(thread_map: ThreadMap, qtbot: QtBot, name: str, node: str) -> None:
    with qtbot.waitSignal(thread_map.opened) as told:
        QTest.keyClick(stop(thread_map, name), Qt.Key.Key_Return)
    assert told.args == [node]


def test_the_focus_stays_when_the_thread_changes(thread_map: ThreadMap) -> None:
    stop(thread_map, "e1").setFocus()
    thread_map.show_thread(Thread(nodes=THREAD.nodes[2:], links=THREAD.links))
    assert focused() == "thread.e1"
    names = {button.objectName() for button in thread_map.findChildren(QAbstractButton) if not button.isHidden()}
    assert names == {"thread.b2", "thread.e1", "thread.f1", "thread.f2"}


def test_a_gap_is_drawn_in_the_colour_of_lateness(thread_map: ThreadMap, look: Look) -> None:
    image = stop(thread_map, "gap.b1.outcome").grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert look.tokens.late in colours
    assert "#b3261e" not in {stop(thread_map, "e1").grab().toImage().pixelColor(x, 20).name() for x in range(100)}


_columns = st.sampled_from(Column)
_nodes = st.lists(_columns, max_size=12).map(
    lambda columns: tuple(Node(str(at), column, f"N{at}", "words") for at, column in enumerate(columns))
)
_pairs = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), max_size=20)


@given(_nodes, _pairs, _pairs)
def test_the_order_loses_nothing(
    nodes: tuple[Node, ...], pairs: list[tuple[int, int]], gaps: list[tuple[int, int]]
) -> None:
    thread = Thread(
        nodes,
        tuple(Link(str(one), str(other)) for one, other in pairs),
        tuple(Gap(str(node), Column(column % 4), "gap") for node, column in gaps),
    )
    ordered = thread.in_order()
    assert sorted(map(repr, ordered)) == sorted(map(repr, (*thread.nodes, *thread.gaps)))
    assert [shown.column for shown in ordered] == sorted(shown.column for shown in ordered)
    assert thread.in_order() == ordered


def test_a_join_puts_entries_at_the_same_height() -> None:
    nodes = tuple(
        Node(f"{column}{row}", column, "", "") for column in (Column.NEED, Column.OUTCOME) for row in range(3)
    )
    crossed = Thread(nodes, (Link("10", "22"), Link("11", "21"), Link("12", "20")))
    assert [shown.id for shown in crossed.in_order() if isinstance(shown, Node)] == ["10", "11", "12", "22", "21", "20"]
