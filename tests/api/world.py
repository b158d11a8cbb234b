"""A world for walking through the whole API: records of everybody around a caller, and bodies that fit."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from config.api.application import api
from kinflow.contact_center.emails.actions import assign_email
from kinflow.eventlog import SYSTEM
from kinflow.organisation.calendars.actions import add_calendar
from kinflow.organisation.models import Person, Unit
from kinflow.organisation.positions.actions import add_position
from kinflow.organisation.skills.actions import add_territory
from kinflow.records.access import ALL, OWN, TEAM, UNIT, Scope
from kinflow.sales.models import Stage
from kinflow.sales.pipelines.actions import add_pipeline

from .. import factories

SCOPES: dict[str, Scope] = {"mine": OWN, "colleague": TEAM, "below": UNIT, "elsewhere": ALL}
"""Whose a record is, and the least scope that reaches it."""


@dataclass(frozen=True)
class Operation:
    """One operation of the description."""

    method: str
    path: str
    name: str
    described: Mapping[str, Any]

    @property
    def is_read(self) -> bool:
        """Whether it only reads."""
        return self.method == "GET"

    def address(self, ids: Mapping[str, Any]) -> str:
        """Its address below /api/v1, with these ids; whatever else it names is number 999,999."""
        usual = {"number": 1, "kind": "lead", "case": 0, "model": 1, "form": "csv"}
        return self.path.format_map(defaultdict(lambda: 999_999, usual | dict(ids)))

    def body(self) -> Any:
        """A body that fits its schema, though it may mean nothing."""
        content = self.described.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return sample(schema) if schema else None


def operations() -> Iterator[Operation]:
    """Everything that the API's description says can be done."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, described in methods.items():
            short = path.removeprefix("/api/v1")
            yield Operation(method.upper(), short, described["operationId"], described)


def sample(schema: Mapping[str, Any]) -> Any:
    """The least value that fits a schema."""
    if "$ref" in schema:
        return sample(api.get_openapi_schema()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if "anyOf" in schema or "allOf" in schema:
        return sample((schema.get("anyOf") or schema["allOf"])[0])
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            members = schema.get("properties", {})
            return {name: sample(members[name]) for name in schema.get("required", ())}
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return True
        case "array":
            return []
        case _:
            return {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00+08:00"}.get(
                schema.get("format", ""), "text"
            )


def people_around(unit: Unit) -> dict[str, Person]:
    """Somebody in the same unit, in one below it, and elsewhere."""
    below = factories.unit("East 1", parent=unit)
    west = factories.unit("West")
    return {
        "colleague": factories.person("赵", "一", unit),
        "below": factories.person("钱", "二", below),
        "elsewhere": factories.person("孙", "三", west),
    }


def records_of(owner: Person) -> dict[str, int]:
    """One record of each kind that belongs to somebody: {kind: id}."""
    account = factories.account(name=f"Company of {owner}", owner=owner)
    contact = factories.contact(given_name=str(owner.pk), owner=owner)
    email = factories.email()
    assign_email(email=email, person=owner, by=SYSTEM)
    return {
        "account": account.pk,
        "contact": contact.pk,
        "lead": factories.lead(contact=contact, owner=owner).pk,
        "opportunity": factories.opportunity(account=account, owner=owner).pk,
        "activity": factories.activity(owner=owner).pk,
        "case": factories.case(owner=owner).pk,
        "email": email.pk,
    }


def common_records(unit: Unit, person: Person) -> dict[str, int]:
    """One record of each kind that is nobody's: {kind: id}."""
    pipeline = add_pipeline(name="Key accounts", by=SYSTEM)
    return {
        "unit": unit.pk,
        "person": person.pk,
        "position": add_position(name="Agent", unit=unit, level=1, by=SYSTEM).pk,
        "skill": factories.skill().pk,
        "territory": add_territory(name="Zhejiang", places=["CN-ZJ"], by=SYSTEM).pk,
        "workingcalendar": add_calendar(name="Office", by=SYSTEM).pk,
        "product": factories.product().pk,
        "pipeline": pipeline.pk,
        "stage": Stage.objects.filter(pipeline=pipeline).first().pk,
    }


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
