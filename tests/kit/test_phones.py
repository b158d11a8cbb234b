"""Phone numbers in many shapes become one."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.phones import display, e164, extension


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("13800138000", "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("138-0013-8000", "+8613800138000"),
        ("+86 13800138000", "+8613800138000"),
        ("0086-138 0013 8000", "+8613800138000"),
        ("8613800138000", "+8613800138000"),
        ("１３８００１３８０００", "+8613800138000"),
        ("13800138000.0", "+8613800138000"),
        ("010-65529988", "+861065529988"),
        ("（０１０）６５５２　９９８８", "+861065529988"),
        ("0571-88887777转8012", "+8657188887777"),
        ("0571-88887777 分机：8012", "+8657188887777"),
        ("021-65529988-12", "+862165529988"),
        ("021-65529988 ext. 12", "+862165529988"),
        ("+86 21 6552 9988 x12", "+862165529988"),
        ("400-820-1234", "+864008201234"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+49 (0)40 822268-0", "+49408222680"),
    ],
)
def test_written_in_china(text, wanted):
    assert e164(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1.38E+10",
        "1.38001E10",
        "12345",
        "110",
        "call me",
        "1380013800",
        "138001380000",
        "+",
        "1" * 61,
    ]
    + ["13800138000/13900139000", "13800138000；13900139000", "-", "\0", "无"],
)
def test_what_is_no_number(text):
    assert e164(text) is None


def test_the_region_says_whose_number_it_is():
    assert e164("(212) 736-5000", "US") == "+12127365000"
    assert e164("040 822268-0", "DE") == "+49408222680"
    assert e164("13800138000", "US") is None
    assert e164("+8613800138000", "US") == "+8613800138000"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("0571-88887777转8012", "8012"), ("010-65529988-803", "803"), ("138-0013-8000", ""), ("x", "")],
)
def test_the_extension_is_told_apart(text, wanted):
    assert extension(text) == wanted


def test_numbers_are_grouped_for_reading():
    assert display("+8613800138000") == "+86 138 0013 8000"
    assert display("+8613800138000", "CN") == "138 0013 8000"
    assert display("+442079460958", "CN") == "+44 20 7946 0958"
    assert display("") == ""


@settings(deadline=None)
@given(st.from_regex(r"(\+86|0086|86)?[ -]?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}", fullmatch=True))
def test_the_short_way_leads_where_the_library_leads(text):
    number = phonenumbers.parse(text, "CN")
    valid = phonenumbers.is_valid_number(number)
    assert e164(text) == (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None
    )


@settings(deadline=None)
@given(
    st.text("0123456789 +-()转x.eE#", max_size=24) | st.text(max_size=24), st.sampled_from(["CN", "DE", "US"])
)
def test_what_was_made_is_made_again(text, region):
    number = e164(text, region)
    assert number is None or e164(number, region) == e164(display(number), region) == number
