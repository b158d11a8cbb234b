"""What the pages are asked for, and the bare SQL that reads or writes the same rows."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

Request = tuple[str, str, str]
"""Method, address and body of a request."""

FILTER = json.dumps(
    {
        "all": [
            {"field": "stage", "op": "any_of", "value": ["new", "contacted"]},
            {"field": "score", "op": "at_least", "value": 40},
        ]
    }
)
_ROWS = """
SELECT l.id, l.need, l.source, l.stage, l.created_at, l.score, c.id, c.family_name, c.given_name, a.id, a.name,
       p.id, p.family_name, p.given_name
FROM sales_lead l JOIN customers_contact c ON c.id = l.contact_id LEFT JOIN customers_account a ON a.id = l.account_id
LEFT JOIN organisation_person p ON p.id = l.owner_id """
_TIMELINE = """
SELECT e.*, (SELECT jsonb_agg(m) FROM eventlog_mention m WHERE m.entry_id = e.id) FROM eventlog_entry e
WHERE e.id IN (SELECT entry_id FROM eventlog_mention WHERE kind = 'lead' AND object_id = %s
               ORDER BY entry_id DESC LIMIT 31) ORDER BY e.id DESC"""
_SEARCH = """
SELECT kind, object_id, title, subtitle FROM (
    SELECT * FROM records_searchdocument WHERE tokens @@ %s::tsquery LIMIT 2000) found
ORDER BY changed_at DESC LIMIT 200"""
_ENTRY = """
WITH told AS (
    INSERT INTO eventlog_entry (name, actor_kind, actor_id, command, command_id, data)
    VALUES (%s, 'person', '1', 'bench', gen_random_uuid(), '{}') RETURNING id)
INSERT INTO eventlog_mention (entry_id, role, kind, object_id) SELECT id, 'lead', 'lead', %s FROM told"""
_CREATE = """
INSERT INTO sales_lead (contact_id, account_id, need, source, source_detail, stage, score, language, country, province,
    industry, reason, notes, created_at, changed_at, version)
SELECT id, account_id, %s, 'web', '', 'new', 50, language, country, province, '', '', '', now(), now(), 1
FROM customers_contact WHERE id = %s RETURNING id"""


@dataclass(frozen=True)
class Reach:
    """The ids there are, for random choice: the first and the last of leads and of contacts."""

    leads: tuple[int, int]
    contacts: tuple[int, int]


@dataclass(frozen=True)
class Load:
    """One kind of request, and its bare SQL; both draw what they ask for from `chance`."""

    name: str
    request: Callable[[random.Random, Reach], Request]
    sql: Callable[[random.Random, Reach, Any], None]
    like: str = ""
    """Which figure of a rival it is held against, where that is not its own name."""


def _get(path: str) -> Callable[[random.Random, Reach], Request]:
    return lambda chance, reach: ("GET", path, "")


def _of_lead(path: str) -> Callable[[random.Random, Reach], Request]:
    return lambda chance, reach: ("GET", path.format(chance.randint(*reach.leads)), "")


def _read(statement: str, *values: Any) -> Callable[[random.Random, Reach, Any], None]:
    return lambda chance, reach, cursor: cursor.execute(statement, values).fetchall() and None


def deep_page(chance: random.Random, reach: Reach) -> Request:
    """A page from anywhere in the list."""
    from kinflow.kit import cursors

    place = chance.randint(*reach.leads)
    return "GET", f"/leads/?after={quote(cursors.encode(['-id', place, place]))}", ""


def _deep_sql(chance: random.Random, reach: Reach, cursor: Any) -> None:
    cursor.execute(
        _ROWS + "WHERE l.id < %s ORDER BY l.id DESC LIMIT 51", [chance.randint(*reach.leads)]
    ).fetchall()


def _search_words(chance: random.Random) -> str:
    from bench._company import FAMILY, GIVEN

    return chance.choice(FAMILY) + chance.choice(GIVEN)


def search_request(chance: random.Random, reach: Reach) -> Request:
    """Two Chinese characters: a family name with the beginning of a given name."""
    return "GET", f"/search/?q={quote(_search_words(chance))}", ""


def _search_sql(chance: random.Random, reach: Reach, cursor: Any) -> None:
    from kinflow.kit.tokens import tsquery_literal

    cursor.execute(_SEARCH, [tsquery_literal(_search_words(chance))]).fetchall()


def _board_sql(chance: random.Random, reach: Reach, cursor: Any) -> None:
    cursor.execute("SELECT stage, count(*) FROM sales_lead GROUP BY stage").fetchall()
    for stage in ("new", "contacted", "qualified", "converted", "disqualified"):
        cursor.execute(_ROWS + "WHERE l.stage = %s ORDER BY l.id DESC LIMIT 21", [stage]).fetchall()


def _record_sql(chance: random.Random, reach: Reach, cursor: Any) -> None:
    number = chance.randint(*reach.leads)
    cursor.execute(_ROWS + "WHERE l.id = %s", [number]).fetchall()
    cursor.execute(_TIMELINE, [number]).fetchall()


def _timeline_sql(chance: random.Random, reach: Reach, cursor: Any) -> None:
    cursor.execute(_TIMELINE, [chance.randint(*reach.leads)]).fetchall()


def create_request(chance: random.Random, reach: Reach) -> Request:
    """A new lead of a known contact."""
    contact = chance.randint(*reach.contacts)
    return (
        "POST",
        "/leads/new/",
        urlencode({"contact": contact, "need": "离心泵询价", "source": "web", "score": 50}),
    )


def _create_sql(chance: random.Random, reach: Reach, cursor: Any) -> None:
    with cursor.connection.transaction():
        [number] = cursor.execute(_CREATE, ["离心泵询价", chance.randint(*reach.contacts)]).fetchone()
        cursor.execute(_ENTRY, ["sales.lead_captured", number])


def update_request(chance: random.Random, reach: Reach) -> Request:
    """Another need for a lead, as editing in place sends it."""
    body = urlencode({"value": f"潜水泵选型 {chance.randrange(10**6)}"})
    return "POST", f"/leads/{chance.randint(*reach.leads)}/edit/need/", body


def _update_sql(chance: random.Random, reach: Reach, cursor: Any) -> None:
    number = chance.randint(*reach.leads)
    with cursor.connection.transaction():
        cursor.execute("SELECT * FROM sales_lead WHERE id = %s FOR UPDATE", [number]).fetchone()
        cursor.execute(
            "UPDATE sales_lead SET need = %s, version = version + 1, changed_at = now() WHERE id = %s",
            [f"潜水泵选型 {chance.randrange(10**6)}", number],
        )
        cursor.execute(_ENTRY, ["sales.lead_changed", number])


def _asked(chance: random.Random) -> Request:
    return "GET", f"/api/v1/search?q={quote(_search_words(chance))}", ""


def create_over_api(chance: random.Random, reach: Reach) -> Request:
    """A new lead of a contact, as another program sends it."""
    given = {"contact": chance.randint(*reach.contacts), "need": "离心泵询价", "source": "web", "score": 50}
    return "POST", "/api/v1/leads", json.dumps(given)


def update_over_api(chance: random.Random, reach: Reach) -> Request:
    """Another need for a lead, as another program sends it."""
    given = {"changes": {"need": f"潜水泵选型 {chance.randrange(10**6)}"}}
    return "PATCH", f"/api/v1/leads/{chance.randint(*reach.leads)}", json.dumps(given)


LOADS = (
    Load("list", _get("/leads/"), _read(_ROWS + "ORDER BY l.id DESC LIMIT 51")),
    Load("deep_page", deep_page, _deep_sql),
    Load(
        "filter",
        _get(f"/leads/?where={quote(FILTER)}&sort=-score"),
        _read(
            _ROWS
            + "WHERE l.stage IN ('new', 'contacted') AND l.score >= 40 ORDER BY l.score DESC, l.id DESC LIMIT 51"
        ),
    ),
    Load(
        "count",
        _get("/leads/count/"),
        _read("SELECT count(*) FROM (SELECT FROM sales_lead LIMIT 1001) AS capped"),
    ),
    Load("search", search_request, _search_sql),
    Load("board", _get("/leads/board/"), _board_sql),
    Load("record", _of_lead("/leads/{}/"), _record_sql),
    Load("timeline", _of_lead("/leads/{}/timeline/"), _timeline_sql),
    Load("create", create_request, _create_sql),
    Load("update", update_request, _update_sql),
    Load("api_list", _get("/api/v1/leads?limit=50"), _read(_ROWS + "ORDER BY l.id DESC LIMIT 51"), "list"),
    Load(
        "api_filter",
        _get(f"/api/v1/leads?where={quote(FILTER)}&sort=-score&limit=50"),
        _read(
            _ROWS
            + "WHERE l.stage IN ('new', 'contacted') AND l.score >= 40 ORDER BY l.score DESC, l.id DESC LIMIT 51"
        ),
        "filter",
    ),
    Load("api_search", lambda chance, reach: _asked(chance), _search_sql, "search"),
    Load("api_record", _of_lead("/api/v1/leads/{}"), _record_sql, "record"),
    Load("api_create", create_over_api, _create_sql, "create"),
    Load("api_update", update_over_api, _update_sql, "update"),
)
