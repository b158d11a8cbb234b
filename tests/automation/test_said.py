"""Words kept by message and parameters, told in the language of who reads them."""

from django.utils import translation
from django.utils.translation import gettext_lazy, gettext_noop

from kinflow.automation.said import MOST_KEPT, kept, kept_problem, said, told
from kinflow.kit.problem import Conflict, FieldError, Invalid, Refused

NO_WAY = gettext_noop("No condition holds at “%(step)s”.")


def in_both(text):
    words = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            words.append(told(text))
    return words


def test_what_is_kept_in_one_language_is_told_in_each():
    with translation.override("zh-hans"):
        text = kept_problem(Conflict(said(NO_WAY, step="Quote")))
    assert in_both(text) == ["No condition holds at “Quote”.", "“Quote”处没有条件成立。"]


def test_what_stands_in_it_can_have_words_by_language_or_be_called_by_the_reader():
    text = kept(said(NO_WAY, step={"en": "Quote", "zh-hans": "报价"}))
    assert in_both(text) == ["No condition holds at “Quote”.", "“报价”处没有条件成立。"]
    assert told(kept(said(NO_WAY, step="q")), {"q": "Quote"}.get) == "No condition holds at “Quote”."
    numbers = gettext_noop("How often “%(step)s” is to be done is no number from 0 to %(most)d.")
    assert "from 0 to 50." in told(kept(said(numbers, step="a", most=50)))


def test_all_of_a_problem_is_kept():
    errors = [
        FieldError("/a", gettext_lazy("Give it a name.")),
        FieldError("/b", "Written by nobody knows whom"),
    ]
    english, chinese = in_both(kept_problem(Invalid(errors=errors)))
    assert english == "Please check these values Give it a name. Written by nobody knows whom"
    assert chinese != english
    assert chinese.endswith("Written by nobody knows whom")
    with translation.override("zh-hans"):
        assert in_both(kept_problem(Refused()))[0] == "You may not do this"


def test_what_is_long_is_cut_where_it_stands_and_not_the_message():
    text = kept(said(NO_WAY, step="x" * 2_000))
    assert len(text) <= MOST_KEPT
    assert told(text).startswith("No condition holds at “xxx")
    many = Invalid("y" * 2_000, errors=[FieldError("/a", said(NO_WAY, step="a"))])
    assert told(kept_problem(many)) == "y" * MOST_KEPT


def test_what_was_kept_as_it_was_said_or_is_no_such_text_stays_readable():
    assert in_both("The process goes round without ever waiting.")[1] != in_both("Gone")[0]
    assert [in_both(each) for each in ("", "Gone", "[[", '[["a"]]', "[[1, 2]]")] == [
        ["", ""], ["Gone"] * 2, ["[["] * 2, ['[["a"]]'] * 2, ["[[1, 2]]"] * 2,
    ]  # fmt: skip
    assert told(kept(said(NO_WAY, other="x"))) == NO_WAY
