"""Check letters and digits: what a wrong keystroke must not get past."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from send_desk.domain.identifiers import (
    compact,
    nhs_number_fault,
    postcode_fault,
    tidy_postcode,
    uln_fault,
    upn_check_letter,
    upn_fault,
    urn_fault,
)


@pytest.mark.parametrize("check", [upn_fault, uln_fault, nhs_number_fault, postcode_fault, urn_fault])
def test_nothing_written_is_no_fault(check) -> None:
    assert check("") == ""
    assert check("  ") == ""


# The sums are done by hand, so that the code is not its own witness.
@pytest.mark.parametrize(
    ("twelve", "letter"),
    [
        ("000000000000", "A"),  # 0
        ("000000000001", "P"),  # 13
        ("100000000000", "C"),  # 2
        ("123456789012", "A"),  # 2+6+12+20+30+42+56+72+90+0+12+26 = 368 = 16 x 23
        ("830200127001", "G"),  # 16+9+0+10+0+0+8+18+70+0+0+13 = 144 = 6 x 23 + 6
    ],
)
def test_check_letter(twelve: str, letter: str) -> None:
    assert upn_check_letter(twelve) == letter
    assert upn_fault(letter + twelve) == ""


def test_a_temporary_number_ends_in_a_letter() -> None:
    twelve = "83020012700B"  # the B counts 1 in the thirteenth place, as a digit 1 would
    assert upn_fault("G" + twelve) == ""
    assert "temporary" in upn_fault("G83020012700I")


@pytest.mark.parametrize("wrong", ["G83020012700", "8302001270011", "G8302001270012", "I830200127001", "GX30200127001"])
def test_what_is_no_upn(wrong: str) -> None:
    assert "12 digits" in upn_fault(wrong)


def test_the_message_names_the_letter_that_fits() -> None:
    assert upn_fault("H830200127001") == "the check letter H does not fit the digits, which call for G"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_caught_in_a_upn(twelve: str, place: int, step: int) -> None:
    letter = upn_check_letter(twelve)
    wrong = twelve[:place] + str((int(twelve[place]) + step) % 10) + twelve[place + 1 :]
    assert upn_fault(letter + wrong) != ""


@pytest.mark.parametrize("good", ["9434765919", "943 476 5919", "943-476-5919", "1000000001"])
def test_nhs_numbers_that_fit(good: str) -> None:
    # 9434765919 is the example of the NHS data dictionary; 1000000001: 10, 11 - 10 = 1.
    assert nhs_number_fault(good) == ""


@pytest.mark.parametrize("wrong", ["9434765918", "9434765191", "943476591", "94347659190", "943476591X"])
def test_nhs_numbers_that_do_not(wrong: str) -> None:
    assert nhs_number_fault(wrong) != ""


def test_no_digit_fits_where_the_nhs_number_would_call_for_ten() -> None:
    # 0 x 10 ... + 6 x 2 = 12, remainder 1, 11 - 1 = 10.
    assert all(nhs_number_fault(f"000000006{digit}") for digit in range(10))


@pytest.mark.parametrize(("number", "good"), [("1000000000", True), ("1000000043", True), ("1000000042", False)])
def test_ulns(number: str, good: bool) -> None:
    # 1000000000: 10, remainder 10, 10 - 10 = 0. 1000000042: 10 + 4 x 2 = 18, remainder 7, so 3 fits.
    assert (uln_fault(number) == "") is good


def test_a_uln_without_remainder_is_never_issued() -> None:
    # 10 x 0 + ... + 9 x 1 + 2 x 1 = 11, remainder 0.
    assert all(uln_fault(f"010000001{digit}") for digit in range(10))
    assert "10 digits" in uln_fault("12345")


@pytest.mark.parametrize(
    "good", ["DE4 3AG", "de43ag", "SK17 6TA", "M1 1AE", "EC1A 1BB", "W1A 0AX", "GIR 0AA", "S1 2HH"]
)
def test_postcodes_that_fit(good: str) -> None:
    assert postcode_fault(good) == ""


@pytest.mark.parametrize("wrong", ["DE4", "DE4 3A", "DE4 33G", "4DE 3AG", "DE4 3CV", "DERBY", "DE444 3AG"])
def test_postcodes_that_do_not(wrong: str) -> None:
    assert "postcode" in postcode_fault(wrong)


def test_a_postcode_is_tidied_only_where_it_is_one() -> None:
    assert tidy_postcode(" de43ag ") == "DE4 3AG"
    assert tidy_postcode("see file") == "see file"
    assert tidy_postcode("") == ""


def test_urns() -> None:
    assert urn_fault("112345") == "" == urn_fault("20 012")
    assert "6 digits" in urn_fault("1123456")


def test_two_writings_are_compared_without_spaces_dashes_and_case() -> None:
    assert compact("de4\u20133ag ") == compact("DE4 3AG") == "DE43AG"
