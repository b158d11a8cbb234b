"""Work items as criteria see them: the same few facts for all six kinds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, Model, QuerySet

from kinflow.kit.provinces import places_of
from kinflow.records.faces import registry

_RELATED = ("account", "contact", "contact__account", "product", "product__skill", "case", "thread")


@dataclass(frozen=True)
class Item:
    """The facts of one work item; empty where it does not know them."""

    id: int
    owner_id: int | None = None
    unit_id: int | None = None
    account_id: int | None = None
    contact_id: int | None = None
    keeper_ids: tuple[int, ...] = ()
    skill_id: int | None = None
    skill_name: str = ""
    family: str = ""
    industry: str = ""
    country: str = ""
    province: str = ""
    language: str = ""
    grade: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """The codes of the item's place, the narrowest first: ("CN-ZJ", "CN")."""
        return places_of(self.country, self.province)


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with all that `item_of` looks at, in one query."""
    names = {f.name for f in rows.model._meta.get_fields()}
    return rows.select_related(*(p for p in _RELATED if p.split("__")[0] in names))


def without_times(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows `with_related`, but without the moments of what they are related to: these cost most of the reading."""
    left_out = []
    for path in _RELATED:
        model: Any = rows.model
        for name in path.split("__"):
            model = next((f.related_model for f in model._meta.fields if f.name == name), None)
            if model is None:
                break
        else:
            fields = model._meta.concrete_fields
            left_out += [f"{path}__{f.name}" for f in fields if isinstance(f, DateTimeField)]
    return rows.defer(*left_out)


def load_items(kind: str, ids: Iterable[int]) -> tuple[list[Any], list[Item]]:
    """The records of the kind with these ids, in their order, and their facts."""
    wanted = list(ids)
    found = with_related(registry[kind].model._default_manager.all()).in_bulk(wanted)
    records = [found[i] for i in wanted if i in found]
    return records, items_of(kind, records)


def items_of(kind: str, records: Sequence[Model]) -> list[Item]:
    """The facts of records that were loaded `with_related`."""
    return [item_of(kind, record) for record in records]


def item_of(kind: str, record: Any) -> Item:
    """The facts of one record: its own first, then its contact's, then its account's."""
    contact = getattr(record, "contact", None)
    account = (
        record
        if kind == "account"
        else (getattr(record, "account", None) or getattr(contact, "account", None))
    )
    product = getattr(record, "product", None)
    sources = (record, contact, account)
    keepers = (account, contact) if kind != "account" else (contact,)
    return Item(
        id=record.pk,
        owner_id=record.owner_id,
        unit_id=record.unit_id,
        account_id=getattr(account, "pk", None),
        contact_id=getattr(contact, "pk", None),
        keeper_ids=tuple(k.owner_id for k in keepers if k is not None and k.owner_id),
        skill_id=getattr(product, "skill_id", None),
        skill_name=str(product.skill) if product is not None and product.skill_id else "",
        family=getattr(product, "family", ""),
        industry=_first(sources, "industry"),
        country=_first(sources, "country"),
        province=_first(sources, "province"),
        language=_first(sources, "language"),
        grade=_first(sources, "grade"),
    )


def _first(sources: Sequence[Any], name: str) -> str:
    return next((v for s in sources if s is not None and (v := getattr(s, name, ""))), "")
