"""What a text is found by, in memory."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.folding import folded
from kinflow.kit.tokens import index_tokens, matches, query_tokens
from kinflow.kit.tokens.indexing import LONGEST, TOKEN_LIMIT

TEXT = "单建国 上海精密机械有限公司 Jörg.Müller@firma-nord.de +8613812345678 010-6552 9988 KF-2024/7"


def found(query: str, text: str = TEXT) -> bool:
    return matches(query_tokens(query), index_tokens(text))


@pytest.mark.parametrize(
    "query",
    [
        "建国",
        "国",
        "精密机",
        "shanjianguo",
        "danjianguo",
        "sjg",
        "jianguo",
        "jiang",
        "shanghai",
        "shjm",
        "jorg",
        "MÜLLER",
        "muller@firma",
        "firma-nord",
        "firma nord",
        "nord.de",
        "13812345678",
        "138 1234 5678",
        "345678",
        "5678",
        "1381234",
        "65529988",
        "01065529988",
        "9988",
        "kf2024",
        "KF-2024/7",
        "建国 138",
        "ＫＦ－２０２４",
    ],
)
def test_a_few_characters_find_it(query):
    assert found(query)


@pytest.mark.parametrize(
    "query", ["李建", "上海机械", "13912345678", "wangjian", "firma-sued", "kf2025", "", "·—！"]
)
def test_what_is_not_there_is_not_found(query):
    assert not found(query)


def test_long_notes_are_found_by_their_words_but_not_by_their_sound():
    tokens = index_tokens("精密机械", sound_limit=0)
    assert matches(query_tokens("精密"), tokens)
    assert not matches(query_tokens("jingmi"), tokens)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_tokens_are_short_and_folded(text):
    assert all(0 < len(token) <= LONGEST and token == folded(token) for token in index_tokens(text))


@settings(deadline=None)
@given(st.text("王建国李长乐ab c1234-", min_size=2, max_size=12))
def test_what_a_query_was_made_from_is_found_by_it(text):
    parts = [part for part in re.split(r"[ \-]+", text) if part]
    for part in parts:
        assert matches(query_tokens(part), index_tokens(text))


def test_a_book_gives_no_more_tokens_than_the_limit():
    book = " ".join(f"w{number:x}" for number in range(50_000))
    assert len(index_tokens(book)) <= TOKEN_LIMIT
