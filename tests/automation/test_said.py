"""Words that are kept by message and parameters: whatever they are, each reader gets them, within bounds."""

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kinflow.automation.said import MARK, MOST_IN_ALL, kept_fault, kept_in_all, said, shown, told
from kinflow.kit.problem import Conflict, FieldError, Invalid

PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=500)
MESSAGE = "No condition holds at “%(step)s”."


def in_both(say):
    words = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            words.append(say())
    return words


@given(english=PLAIN, chinese=PLAIN)
def test_each_reader_gets_what_was_said_in_their_language(english, chinese):
    text = kept_in_all({"en": english, "zh-hans": chinese})
    if text.startswith(MARK) or english == chinese:
        assert len(text) <= MOST_IN_ALL
        assert in_both(lambda: shown(text)) == [english, chinese]


@given(step=PLAIN)
def test_what_stands_in_a_message_stands_in_it_in_every_language(step):
    fault, remedy = kept_fault(Conflict(said(MESSAGE, step=step)))
    assert remedy == ""
    assert in_both(lambda: told(fault)) == [f"No condition holds at “{step}”.", f"“{step}”处没有条件成立。"]


@given(words=st.lists(PLAIN, max_size=40), remedy=st.text(max_size=9_000).filter(lambda s: "\x00" not in s))
def test_however_much_goes_wrong_it_is_kept_within_bounds_and_can_be_told(words, remedy):
    problem = Invalid(errors=[FieldError("/x", each) for each in words], remedy=remedy)
    for text in kept_fault(problem):
        assert len(text) <= MOST_IN_ALL
        assert all(isinstance(each, str) for each in in_both(lambda kept=text: told(kept)))
