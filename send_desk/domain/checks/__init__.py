"""The quality checks: pure functions over a case, the rule book, the word lists and the day.

Each check stands in one function with its number, its citation and, in `tests/domain/checks`, the texts that it must
catch and must not. Checks of single rows are kept while nothing they read changes, so that a plan is checked anew while
somebody types. What is wrong with a plan is a value, never an exception.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .checker import Checker, check_case, holding

__all__ = ["Checker", "check_case", "holding"]


def __getattr__(name: str) -> object:
    """Return what the checks are asked by: their patterns take a tenth of a start, and My day needs none of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import checker

    found: object = getattr(checker, name)
    return found
