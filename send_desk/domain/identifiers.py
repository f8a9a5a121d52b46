"""Numbers that name a child or a place: their form, and their check letter or digit.

Each `*_fault` function takes the identifier as somebody wrote it (spaces and case do not matter) and returns in plain
words what is wrong with it, or an empty string where nothing is, or where nothing was written. A number that passes is
well formed; that it is the right child's cannot be told from it.
"""

import re

# Letters that cannot be taken for a digit, in the order of their worth: A is 0, Z is 22.
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(rf"[{_UPN_LETTERS}][0-9]{{11}}[0-9{_UPN_LETTERS}]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_POSTCODE = re.compile(
    r"(?:[A-Z][0-9]{1,2}|[A-Z][A-HJ-Y][0-9]{1,2}|[A-Z][0-9][A-Z]|[A-Z][A-HJ-Y][0-9][A-Z])[0-9][A-Z]{2}"
)
_POSTCODE_ENDS_WITHOUT = frozenset("CIKMOV")
_URN = re.compile(r"[0-9]{5,6}")


def compact(value: str) -> str:
    """Return an identifier without spaces and dashes, in capitals: the form in which two writings are compared."""
    return re.sub(r"[\s\u2010-\u2015-]", "", value).upper()


def upn_check_letter(twelve: str) -> str:
    """Return the letter that belongs before the other twelve characters of a unique pupil number.

    Each character counts its place from 2 to 13, the sum is divided by 23 and the remainder is the letter's worth
    (Department for Education, guide to unique pupil numbers). The last character of a temporary number is a letter.
    """
    worth = (int(one) if one.isdigit() else _UPN_LETTERS.index(one) for one in twelve)
    return _UPN_LETTERS[sum(place * value for place, value in enumerate(worth, start=2)) % len(_UPN_LETTERS)]


def upn_fault(value: str) -> str:
    """Say what is wrong with a unique pupil number: a check letter, eleven digits, and a digit or letter."""
    upn = compact(value)
    if not upn:
        return ""
    if not _UPN.fullmatch(upn):
        return "a UPN is a letter followed by 12 digits (a temporary one ends in a letter)"
    if (letter := upn_check_letter(upn[1:])) != upn[0]:
        return f"the check letter {upn[0]} does not fit the digits, which call for {letter}"
    return ""


def uln_fault(value: str) -> str:
    """Say what is wrong with a unique learner number: ten digits, the last a check digit modulo 11.

    The first nine digits count 10 down to 2; the check digit is ten less the remainder, and a remainder of nothing
    is never issued (Learning Records Service, structure of the unique learner number).
    """
    uln = compact(value)
    if not uln:
        return ""
    if not _TEN_DIGITS.fullmatch(uln):
        return "a ULN is 10 digits"
    remainder = _weighted(uln) % 11
    if remainder == 0 or 10 - remainder != int(uln[9]):
        return "the last digit of the ULN does not fit the others"
    return ""


def nhs_number_fault(value: str) -> str:
    """Say what is wrong with an NHS number: ten digits, the last a check digit modulo 11.

    The first nine digits count 10 down to 2; eleven less the remainder is the check digit, 11 standing for 0, and a
    number that would call for 10 is never issued (NHS Data Dictionary, NHS number).
    """
    number = compact(value)
    if not number:
        return ""
    if not _TEN_DIGITS.fullmatch(number):
        return "an NHS number is 10 digits"
    if (11 - _weighted(number) % 11) % 11 != int(number[9]):
        return "the last digit of the NHS number does not fit the others"
    return ""


def postcode_fault(value: str) -> str:
    """Say what is wrong with the form of a United Kingdom postcode; whether it exists is not known here."""
    postcode = compact(value)
    if not postcode or postcode == "GIR0AA":
        return ""
    if not _POSTCODE.fullmatch(postcode) or _POSTCODE_ENDS_WITHOUT & set(postcode[-2:]):
        return "this is not the form of a postcode, such as DE4 3AG"
    return ""


def urn_fault(value: str) -> str:
    """Say what is wrong with the unique reference number of an establishment: five or six digits."""
    urn = compact(value)
    return "" if not urn or _URN.fullmatch(urn) else "a URN is 6 digits"


def tidy_postcode(value: str) -> str:
    """Return a well-formed postcode in capitals with its one space; anything else as it was written."""
    postcode = compact(value)
    return value if not postcode or postcode_fault(postcode) else f"{postcode[:-3]} {postcode[-3:]}"


def _weighted(number: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), number[:9], strict=True))
