"""Where a command finds its case: on the laptop, or in a plan file that needs no store."""

from argparse import Namespace
from pathlib import Path

from send_desk.domain.case import Case
from send_desk.services.desk import Desk
from send_desk.services.plan_file import read_plan
from send_desk.services.ports import CaseFile
from send_desk.services.reading import open_case

from .world import World


def case_or_file(arguments: Namespace, world: World) -> Case:
    """Return the case that CASE|FILE names: a file where one of that name stands, else a case of the home."""
    path = Path(arguments.case)
    if path.suffix == ".json" or _is_file(path):
        return read_plan(world.read(path), ids=world.ids())
    with world.desk(writing=False) as desk:
        return open_case(desk, arguments.case).case


def opened(arguments: Namespace, desk: Desk) -> CaseFile:
    """Return the case that CASE names, opened for a change."""
    return open_case(desk, arguments.case)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a reference may be longer than any name of a file
        return False
