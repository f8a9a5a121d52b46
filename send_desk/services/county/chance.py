"""Seeded chance for the made-up county: identities, numbers with true check digits, telephones, working days."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from send_desk.domain.identifiers import nhs_number_fault, uln_fault, upn_check_letter

T = TypeVar("T")


def chance(seed: int, *parts: object) -> Random:
    """Return a source of chance of its own for one part of the county: equal for equal seed and parts."""
    return Random(":".join(map(str, (seed, *parts))))  # noqa: S311  made-up children, not secrets


def identity(random: Random) -> str:
    """Return an id of the shape of a UUID of version 4, made from the given chance."""
    digits = f"{random.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) % 4]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def some(random: Random, items: Sequence[T], count: int) -> list[T]:
    """Return so many different items, or all of them where there are fewer."""
    return random.sample(items, min(count, len(items)))


def upn(random: Random, code: str) -> str:
    """Return a unique pupil number of the made-up authority with its true check letter."""
    twelve = f"{code}{random.randrange(10**9):09d}"
    return upn_check_letter(twelve) + twelve


def nhs_number(random: Random) -> str:
    """Return an NHS number of the range kept for tests (it begins with 999) with its true check digit."""
    return _checked(f"999{random.randrange(10**6):06d}", nhs_number_fault, random)


def uln(random: Random) -> str:
    """Return a unique learner number with its true check digit."""
    return _checked(f"99{random.randrange(10**7):07d}", uln_fault, random)


def _checked(nine: str, fault: Callable[[str], str], random: Random) -> str:
    while True:
        for digit in "0123456789":
            if not fault(nine + digit):
                return nine + digit
        nine = f"{nine[:3]}{random.randrange(10**6):06d}"


def landline(random: Random) -> str:
    """Return a telephone number of the range that is kept free for drama."""
    return f"01632 960{random.randrange(1000):03d}"


def mobile(random: Random) -> str:
    """Return a mobile number of the range that is kept free for drama."""
    return f"07700 900{random.randrange(1000):03d}"


def postcode(random: Random) -> str:
    """Return a postcode of an area that does not exist."""
    ends = "ABDEFGHJLNPQRSTUWXYZ"
    return f"HW{random.randint(1, 28)} {random.randint(1, 9)}{random.choice(ends)}{random.choice(ends)}"


def workday(day: date) -> date:
    """Return the day itself, or the Friday before where it falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)
