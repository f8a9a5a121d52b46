"""The quality checks: pure functions over a case, the rule book, the word lists and the day.

Each check stands in one function with its number, its citation and, in `tests/domain/checks`, the texts that it must
catch and must not. Checks of single rows are kept while nothing they read changes, so that a plan is checked anew while
somebody types. What is wrong with a plan is a value, never an exception.
"""

from .checker import Checker, check_case, holding

__all__ = ["Checker", "check_case", "holding"]
