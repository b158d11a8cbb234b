"""What an e-mail says about itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinflow.contact_center.emails.rules import bare_subject, language_of, numbers_in


@pytest.mark.parametrize(
    ("subject", "bare", "is_reply"),
    [
        ("Pump leaks", "Pump leaks", False),
        ("Re: Pump leaks", "Pump leaks", True),
        ("RE: re[2]: Pump leaks", "Pump leaks", True),
        ("回复：水泵漏水", "水泵漏水", True),
        ("答复: 回复: 水泵漏水", "水泵漏水", True),
        ("转发：水泵漏水", "水泵漏水", False),
        ("AW: WG: Pumpe", "Pumpe", True),
        ("Regarding: pumps", "Regarding: pumps", False),
        ("", "", False),
    ],
)
def test_the_subject_without_what_mail_programs_put_before_it(subject, bare, is_reply):
    assert bare_subject(subject) == (bare, is_reply)


@given(st.text(alphabet="re: 回复：[2]fwd", max_size=60))
def test_a_bare_subject_is_an_end_of_the_subject(subject):
    bare, _is_reply = bare_subject(subject)
    assert subject.strip().endswith(bare)


@pytest.mark.parametrize(
    ("subject", "numbers"),
    [
        ("Re: [C-1042] Pump leaks", [1042]),
        ("C-7 and C-9, C-7 again", [7, 9]),
        ("水泵C-12漏水", [12]),
        ("ABC-12", []),
        ("C-0", []),
        ("C-12a", []),
        ("C-" + "9" * 40, []),
        ("c-12", []),
    ],
)
def test_case_numbers_stand_alone(subject, numbers):
    assert numbers_in(subject, "C") == numbers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Our pump leaks.", "en"),
        ("我们的CDLF水泵漏水。", "zh"),
        ("ポンプが漏れています", "ja"),
        ("펌프가 샙니다", "ko"),
        ("Unsere Pumpe läuft über", ""),
        ("", ""),
        ("12345", ""),
    ],
)
def test_the_script_tells_the_language_where_it_can(text, language):
    assert language_of(text) == language
