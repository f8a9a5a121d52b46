"""The program as a process: Ctrl+C ends it cleanly, and a fault of ours is noted, never printed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

# The real program with two faults put in: one on the worker while it warms up, one in a slot of the window.
_PROGRAM = """
import sys
from argparse import Namespace
from pathlib import Path
from PySide6.QtCore import QTimer
from send_desk.bootstrap.laptop import Laptop
from send_desk.bootstrap.window import WindowDoor
from send_desk.gui.app import run_window

def fault():
    raise ValueError("the name of a child")

class Faulty(WindowDoor):
    @property
    def has_home(self):
        QTimer.singleShot(0, fault)
        return super().has_home

    def warm_up(self):
        super().warm_up()
        raise KeyError("the name of a child")

def broken(error):
    print("noted", type(error).__name__, flush=True)

laptop = Laptop(Namespace(home=sys.argv[1], today=None, passphrase_file=None, json=False))
sys.exit(run_window(Faulty(laptop), broken=broken))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process; Ctrl+C there is by hand")
def test_ctrl_c_ends_the_program_cleanly_and_faults_are_noted_without_a_traceback(home: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    arguments = [sys.executable, "-c", _PROGRAM, str(home)]
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True
    ) as program:
        assert program.stdout is not None
        noted = {program.stdout.readline().strip() for _ in range(2)}
        program.send_signal(signal.SIGINT)
        rest, said = program.communicate(timeout=60)
    assert noted == {"noted ValueError", "noted KeyError"}
    assert "Traceback" not in said
    assert "child" not in said + rest
    assert program.returncode == 0
