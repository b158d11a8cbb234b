"""The names that columns have in the files of the world: in English and Chinese, in exports of the usual CRM
systems.

`fields.csv` has a line for each field: its kind, its labels, and its other names in the form that
`mapping.plain` gives.
Names that begin with the record's own noun ("lead status", "线索状态") need not be listed: the noun is
dropped.
"""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

from .targets import ImportKind, Target

TABLE = Path(__file__).with_name("fields.csv")
_MANY = frozenset(("email", "phone", "mobile", "notes"))
_PEOPLE = (
    "external_id|full_name|family_name|given_name|salutation|title|department|company|email|phone|mobile|fax"
    "|wechat|qq"
)
_PLACE = "country|province|city|address|postcode"
RECORDS = {
    "lead": (
        f"{_PEOPLE}|website|industry|source|source_detail|status|owner|created_at|{_PLACE}|language|need|notes|product"
        "|score|rating|amount|currency|annual_revenue|employees|no_email|no_call|consent|converted|reason"
    ),
    "contact": f"{_PEOPLE}|website|source|owner|created_at|{_PLACE}|language|birthday|notes|no_email|no_call|consent",
    "account": (
        f"external_id|name|phone|email|fax|website|industry|grade|kind|owner|created_at|{_PLACE}|source|parent|employees|customer_since"
        "|annual_revenue|notes"
    ),
    "opportunity": (
        "external_id|name|account|contact|product|stage|amount|expected_revenue|currency|probability|closes_on|closed_at"
        "|reason|source|kind|owner|created_at|industry|country|province|notes"
    ),
    "case": (
        "external_id|subject|description|kind|priority|status|account|contact|email|phone|product|channel|language|owner"
        "|created_at|due_at|closed_at|country|province|notes"
    ),
    "product": "code|name|family|price|currency|unit_of_measure|description|is_active",
    "activity": (
        "external_id|kind|subject|status|account|contact|due_at|started_at|ended_at|outcome|owner|created_at|notes"
    ),
}


@cache
def targets_of(record: str) -> tuple[Target, ...]:
    """The fields of a record type that an import can fill, with all names that are known for them.

    `record` is "lead", "contact", "account", "opportunity", "case", "product" or "activity"; KeyError for
    others.
    """
    known = _known()
    found = [known[name] for name in RECORDS[record].split("|")]
    return tuple(_with_own_names(one, known.get(f"{record}.{one.name}")) for one in found)


def _with_own_names(field: Target, own: Target | None) -> Target:
    """The field with the names that it has for one record type only; these come first."""
    return replace(field, synonyms=tuple(dict.fromkeys((*own.synonyms, *field.synonyms)))) if own else field


@cache
def _known() -> dict[str, Target]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            line["field"]: Target(
                line["field"],
                ImportKind(line["kind"]),
                line["english"],
                line["chinese"],
                tuple(line["other names"].split("|")),
                many=line["field"] in _MANY,
            )
            for line in csv.DictReader(file)
        }
