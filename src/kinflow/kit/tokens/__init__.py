"""Search tokens of our own for PostgreSQL's full text search, and the queries that find them.

PostgreSQL's parsers know no Chinese, so it gets finished tokens (`tsvector`) and finished queries (`tsquery`) and
never looks at text itself. All tokens are folded (case, width, accents) and share one space of names:

- words: a word's pieces ("kf-2024/7": kf, 2024, 7), each joined with what follows it: "kf20247", "20247", "7";
- dense scripts (Chinese, Japanese, Korean, Thai): every two adjacent characters, and the last one alone;
- sound of Chinese: every two adjacent syllables ("wangjian", "jianguo", "guo") and initials by four ("wjg", "jg", "g");
- digits: every window of six in runs of five and more, also over the gaps of a written phone number.

Queries ask for prefixes, so that each shorter form needs no token. One rule holds for all: what a query was made from
is found by it. Tokens are letters and digits only; nothing in a text or query can break out of a literal.

    UPDATE … SET search = %s::tsvector      tsvector_literal(index_tokens(text))
    SELECT … WHERE search @@ %s::tsquery    tsquery_literal(query), None when nothing can be searched for
"""

from .asking import Clause, Term, matches, query_tokens
from .indexing import index_tokens
from .literals import tsquery_literal, tsvector_literal

__all__ = [
    "Clause",
    "Term",
    "index_tokens",
    "matches",
    "query_tokens",
    "tsquery_literal",
    "tsvector_literal",
]
