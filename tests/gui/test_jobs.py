"""Work goes in and answers come back in order; no error vanishes; nothing that was handed in is lost at the end."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from send_desk.gui.jobs import Jobs, JobsClosed

PATIENCE = 30_000


class Desk:
    """Jobs with everything written down that came back."""

    def __init__(self) -> None:
        self.lost: list[Exception] = []
        self.got: list[object] = []
        self.jobs = Jobs(self.lost.append)

    def hold(self) -> Callable[[], None]:
        """Keep the worker busy until the returned function is called."""
        begun, gate = threading.Event(), threading.Event()

        def wait() -> str:
            begun.set()
            gate.wait(PATIENCE / 1000)
            return "held"

        self.jobs.submit(wait, self.got.append)
        assert begun.wait(PATIENCE / 1000)
        return gate.set


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    yield made
    assert made.jobs.drain(PATIENCE)


def test_ten_thousand_come_back_in_order_on_the_gui_thread(desk: Desk, qtbot: QtBot) -> None:
    threads: set[QThread] = set()
    worked: set[QThread] = set()

    def work(number: int) -> int:
        worked.add(QThread.currentThread())
        return number

    def done(number: int) -> None:
        threads.add(QThread.currentThread())
        desk.got.append(number)

    for number in range(10_000):
        desk.jobs.submit(lambda number=number: work(number), done)
    qtbot.waitUntil(lambda: desk.jobs.waiting == 0, timeout=PATIENCE)
    assert desk.got == list(range(10_000))
    assert threads == {QThread.currentThread()}
    assert len(worked) == 1
    assert not worked & threads


def test_an_error_reaches_its_own_callback_and_the_next_work_is_done(desk: Desk) -> None:
    own: list[Exception] = []
    desk.jobs.submit(lambda: 1 // 0, desk.got.append, own.append)
    desk.jobs.submit(lambda: "after", desk.got.append)
    assert desk.jobs.drain(PATIENCE)
    assert [type(error) for error in own] == [ZeroDivisionError]
    assert (desk.got, desk.lost) == (["after"], [])


def test_an_error_that_nobody_awaits_is_not_lost(desk: Desk) -> None:
    desk.jobs.submit(lambda: {}["gone"])
    desk.jobs.submit_latest("entry", lambda: 1 // 0, desk.got.append)
    assert desk.jobs.drain(PATIENCE)
    assert [type(error) for error in desk.lost] == [KeyError, ZeroDivisionError]
    assert desk.got == []


def test_a_newer_one_of_the_same_key_takes_the_place_of_one_that_waits(desk: Desk) -> None:
    release = desk.hold()
    worked: list[str] = []
    for text in ("a", "ab", "abc"):
        desk.jobs.submit_latest("F3", lambda text=text: worked.append(text) or text, desk.got.append)
        desk.jobs.submit_latest("F5", lambda text=text: worked.append(text * 2) or text * 2, desk.got.append)
    assert desk.jobs.waiting == 3
    release()
    assert desk.jobs.drain(PATIENCE)
    assert worked == ["abc", "abcabc"]
    assert desk.got == ["held", "abc", "abcabc"]


def test_a_newer_one_does_not_reach_across_other_work(desk: Desk) -> None:
    release = desk.hold()
    desk.jobs.submit_latest("F3", lambda: "kept before the revision", desk.got.append)
    desk.jobs.submit(lambda: "revision closed", desk.got.append)
    desk.jobs.submit_latest("F3", lambda: "kept after", desk.got.append)
    release()
    assert desk.jobs.drain(PATIENCE)
    assert desk.got == ["held", "kept before the revision", "revision closed", "kept after"]


def test_what_is_already_being_done_is_not_replaced(desk: Desk) -> None:
    begun, gate = threading.Event(), threading.Event()

    def first() -> str:
        begun.set()
        gate.wait(PATIENCE / 1000)
        return "first"

    desk.jobs.submit_latest("F3", first, desk.got.append)
    assert begun.wait(PATIENCE / 1000)
    desk.jobs.submit_latest("F3", lambda: "second", desk.got.append)
    gate.set()
    assert desk.jobs.drain(PATIENCE)
    assert desk.got == ["first", "second"]


def test_drain_waits_for_what_an_answer_hands_in(desk: Desk) -> None:
    desk.jobs.submit(lambda: 1, lambda one: desk.jobs.submit(lambda: one + 1, desk.got.append))
    assert desk.jobs.drain(PATIENCE)
    assert desk.got == [2]


def test_an_answer_may_drain(desk: Desk) -> None:
    drained: list[bool] = []
    desk.jobs.submit(lambda: None, lambda _: drained.append(desk.jobs.drain(PATIENCE)))
    desk.jobs.submit(lambda: "later", desk.got.append)
    assert desk.jobs.drain(PATIENCE)
    assert (drained, desk.got) == ([True], ["later"])


def test_drain_says_when_the_time_is_up(desk: Desk) -> None:
    release = desk.hold()
    assert not desk.jobs.drain(1)
    release()
    assert desk.jobs.drain(PATIENCE)


def test_closing_does_all_that_waits_and_takes_no_more(desk: Desk) -> None:
    release = desk.hold()
    for number in range(50):
        desk.jobs.submit(lambda number=number: number, desk.got.append)
    release()
    assert desk.jobs.close(PATIENCE)
    assert desk.got == ["held", *range(50)]
    with pytest.raises(JobsClosed):
        desk.jobs.submit(lambda: None)


def test_progress_comes_in_order_with_the_answer(desk: Desk, qtbot: QtBot) -> None:
    def work() -> str:
        for step in range(3):
            desk.jobs.post(lambda step=step: desk.got.append(step))
        return "printed"

    desk.jobs.submit(work, desk.got.append)
    qtbot.waitUntil(lambda: desk.jobs.waiting == 0, timeout=PATIENCE)
    assert desk.got == [0, 1, 2, "printed"]


def test_busy_is_told_at_the_start_and_at_the_end(desk: Desk) -> None:
    told: list[bool] = []
    desk.jobs.busy_changed.connect(told.append)
    release = desk.hold()
    desk.jobs.submit(lambda: 1 // 0)
    release()
    assert desk.jobs.drain(PATIENCE)
    assert told == [True, False]


def test_an_answer_that_fails_does_not_stop_the_next(desk: Desk, qtbot: QtBot) -> None:
    def broken(_: object) -> None:
        raise ValueError("an answer")

    with qtbot.captureExceptions() as raised:
        desk.jobs.submit(lambda: None, broken)
        desk.jobs.submit(lambda: "next", desk.got.append)
        qtbot.waitUntil(lambda: desk.got == ["next"], timeout=PATIENCE)
    assert [kind for kind, _, _ in raised] == [ValueError]
