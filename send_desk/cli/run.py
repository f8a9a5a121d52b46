"""From the words of the command line to an answer and an exit status."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, TextIO

from send_desk.domain.errors import Cannot, KnownError, Refused

from .answer import CANNOT, FINDINGS, WRONG, Answer

if TYPE_CHECKING:
    from .world import World


def run(arguments: Namespace, world: World) -> int:
    """Do one command and say its answer; what the world has against it is said in words on stderr."""
    try:
        if arguments.command is None:
            return world.window()
        if arguments.command == "demo":
            outcome = world.demo(headless=arguments.headless, manager=arguments.manager)
            if isinstance(outcome, int):
                return outcome
            answer = Answer(outcome, always_json=True)
        else:
            from .commands import COMMANDS  # the window opens without them

            answer = COMMANDS[_name(arguments)](arguments, world)
    except KnownError as error:
        return complain(error)
    try:
        say(answer, as_json=arguments.json, out=sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the answer has read enough
        sys.stdout = None  # Python's own word for "there is none": so its end is quiet
    except OSError as error:
        sys.stdout = None
        why = error.strerror or "the disk did not answer"
        return complain(Cannot(f"The answer could not be written: {why}. What the command did is done and saved."))
    sys.stderr.writelines(f"send-desk: {remark}\n" for remark in answer.remarks)
    return answer.status


def say(answer: Answer, *, as_json: bool, out: TextIO) -> None:
    """Write an answer: one JSON document, or lines for a person."""
    if as_json or answer.always_json:
        out.write(json.dumps(answer.data, ensure_ascii=False, indent=1) + "\n")
    else:
        out.writelines(f"{line}\n" for line in answer.lines)


def complain(error: KnownError) -> int:
    """Say what went wrong, in words, and return the exit status that interface.md gives it."""
    sys.stderr.write(f"send-desk: {error}\n")
    match error:
        case Refused():
            return FINDINGS
        case Cannot():
            return CANNOT
        case _:
            return WRONG


def _name(arguments: Namespace) -> str:
    second = getattr(arguments, f"{arguments.command}_command", None)
    return f"{arguments.command} {second}" if second else str(arguments.command)
