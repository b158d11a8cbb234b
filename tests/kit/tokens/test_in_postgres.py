"""PostgreSQL finds exactly what the tokens in memory say, and takes any text."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.tokens import index_tokens, matches, query_tokens, tsquery_literal, tsvector_literal

pytestmark = pytest.mark.django_db

ALPHABET = "王建国单长乐ab中 12345-'\\:&|!*()ü@.\0"
texts = st.one_of(st.text(ALPHABET, max_size=25), st.text(max_size=25))


def found_by_postgres(vector: str, query: str) -> bool:
    with connection.cursor() as sql:
        sql.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, query])
        (answer,) = sql.fetchone()
    return bool(answer)


@settings(deadline=None, max_examples=150)
@given(texts, texts, st.booleans())
def test_memory_and_postgres_agree(text, other, is_part):
    asked = text[: max(1, len(text) // 2)] if is_part else other
    tokens, query = index_tokens(text), tsquery_literal(asked)
    expected = matches(query_tokens(asked), tokens)
    answer = query is not None and found_by_postgres(tsvector_literal(tokens), query)
    assert answer == expected


@settings(deadline=None, max_examples=60)
@given(st.sets(st.text(max_size=12), max_size=6))
def test_any_tokens_are_stored_as_they_are(tokens):
    kept = {token for token in tokens if token.replace("\0", "").encode("utf-8", "ignore")}
    with connection.cursor() as sql:
        sql.execute("SELECT tsvector_to_array(%s::tsvector)", [tsvector_literal(tokens)])
        (stored,) = sql.fetchone()
    assert set(stored) == {token.replace("\0", "").encode("utf-8", "ignore").decode() for token in kept}


def test_a_token_longer_than_postgres_takes_is_cut():
    assert found_by_postgres(tsvector_literal(["a" * 5000]), "'aaaa':*")
