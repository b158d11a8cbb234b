"""Who the caller is, as the API sees them."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from kinflow.records.access import accesses, may, scope_of
from kinflow.records.api.reading import caller
from kinflow.records.api.telling import json_answer
from kinflow.records.faces import registry
from kinflow.records.pages.verbs import action_name, verbs_of

router = Router(tags=["me"])


class Permitted(Schema):
    """What the caller may do with one kind of record."""

    slug: str
    see: str
    create: bool
    change: bool
    verbs: list[str]


class Me(Schema):
    """The caller."""

    kind: str
    id: str
    name: str
    person: int | None
    unit: int | None
    roles: list[str]
    scopes: list[str] | None
    records: dict[str, Permitted]


@router.get("/me", response=Me, operation_id="me")
def me(request: HttpRequest) -> HttpResponse:
    """Who the caller is, and what they may do with each kind of record (with some of them at least)."""
    by = caller(request)
    told = {
        "kind": by.kind,
        "id": by.id,
        "name": by.name,
        "person": by.person_id,
        "unit": by.unit_id,
        "roles": sorted(by.roles),
        "scopes": None if by.scopes is None else sorted(by.scopes),
        "records": {
            name: {
                "slug": face.slug,
                "see": scope_of(by, accesses[name].see).name.lower(),
                "create": face.create is not None and may(by, action_name(face.create), kind=name),
                "change": face.change is not None and may(by, action_name(face.change), kind=name),
                "verbs": [v.name for v in verbs_of(face) if may(by, action_name(v.action), kind=name)],
            }
            for name, face in registry.items()
            if name in accesses
        },
    }
    return json_answer(told)
