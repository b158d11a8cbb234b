"""The book of a company that is there already: its people and what it sells, found again by what they are called."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kinflow.catalogue.models import Product
from kinflow.kit.emails import normalised
from kinflow.kit.problem import Conflict
from kinflow.organisation.people.models import Person
from kinflow.sales.pipelines.models import Pipeline, Stage

from ..company.company import Company
from ..seeding.book import Book


class NotTheDemo(Conflict):
    """The database is not that of the demo company."""

    code = "not-the-demo"


def book_of(company: Company, begins_at: datetime) -> Book:
    """The rows of people, products and pipelines by their keys. Raises NotTheDemo where one is missing."""
    book = Book(begins_at)
    people = {row.email: row for row in Person.objects.select_related("unit")}
    offer = {row.code: row for row in Product.objects.all()}
    pipelines = {row.name: row for row in Pipeline.objects.all()}
    stages = {(row.pipeline_id, row.code): row for row in Stage.objects.all()}
    book.rows["person"] = {p.key: _found(people, normalised(p.email) or "") for p in company.people}
    book.rows["product"] = {p.key: _found(offer, p.code) for p in company.products}
    book.rows["pipeline"] = {p.key: _found(pipelines, p.name) for p in company.pipelines}
    book.rows["stage"] = {
        f"{p.key}/{code}": _found(stages, (book.of("pipeline", p.key).pk, code))
        for p in company.pipelines
        for code, *_rest in p.stages
    }
    return book


def _found(rows: dict[Any, Any], name: Any) -> Any:
    if name not in rows:
        raise NotTheDemo(
            _("This is not the demo company as it was founded: “%(name)s” is missing.") % {"name": name},
            remedy=_("Weeks pass in the demo only: start it anew with --fresh."),
        )
    return rows[name]
