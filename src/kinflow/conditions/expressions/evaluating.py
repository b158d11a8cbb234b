"""Working out an expression for one record: one walk over the tree, without anything that could call, loop or write."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from kinflow.kit.money import Money, NoMoney

from ..context import Context
from ..fields import Kind
from ..paths import hops_of, name_of
from .functions import FUNCTIONS, OPERATORS
from .refusal import ExpressionError, refuse
from .shown import Titled, shown
from .texts_made import concat
from .tree import Call, Event, Expression, Literal, Name, Node
from .values import taken


def evaluate(
    expression: Expression,
    *,
    record: Any,
    event: Event | None = None,
    context: Context,
    rule: Any = None,
) -> Any:
    """The value of the expression for a record and the data of the event that caused it; None where it is missing.

    Gives text, Decimal, Money, bool, date, aware datetime, Length, a tuple of texts, or a record. Related records that
    are not loaded are fetched. Raises ExpressionError, with the place of the part that has no value.
    """
    return Evaluation(record, event or {}, context, rule, getattr(expression.vocabulary, "title_of", str)).of(
        expression.node
    )


class Evaluation:
    """What the names stand for while one expression is worked out."""

    def __init__(self, record: Any, event: Event, context: Context, rule: Any, title: Titled) -> None:
        self.record, self.event, self.context, self.rule, self.title = record, event, context, rule, title

    def of(self, node: Node) -> Any:
        """The value of a part."""
        match node:
            case Literal(value):
                return value
            case Name():
                return _placed(lambda: taken(self._named(node)), node)
            case Call():
                return self._called(node)

    def words(self, node: Node) -> str:
        """The value of a part as people read it: of a choice its label, of a record its title."""
        value = self.of(node)
        if isinstance(node, Name) and node.field is not None and node.field.choices:
            labels = {str(known): label for known, label in node.field.choices}
            if isinstance(value, tuple):
                value = tuple(str(labels.get(each, each)) for each in value)
            elif value is not None:
                value = str(labels.get(str(value), value))
        return shown(value, self.context, self.title)

    def _called(self, node: Call) -> Any:
        given = node.given
        match node.name:
            case "and":
                return self.of(given[0]) is True and self.of(given[1]) is True
            case "or":
                return self.of(given[0]) is True or self.of(given[1]) is True
            case "not":
                return self.of(given[0]) is not True
            case "if":
                return self.of(given[1] if self.of(given[0]) is True else given[2])
            case "coalesce":
                return next((v for each in given if (v := self.of(each)) not in (None, "", ())), None)
            case "text":
                return self.words(given[0])
            case "concat":
                values = [self.words(each) for each in given]
                return _placed(lambda: concat(*values, context=self.context), node)
        known = OPERATORS.get(node.name) or FUNCTIONS[node.name]
        values = [self.of(each) for each in given]
        work = known.work
        if work is None:
            raise AssertionError(node.name)
        return _placed(lambda: work(*values, context=self.context), node)

    def _named(self, node: Name) -> Any:
        match node.root:
            case "today":
                return self.context.today
            case "now":
                return self.context.now
            case "rule":
                return (
                    None
                    if self.rule is None
                    else getattr(self.rule, "pk" if node.parts[0] == "id" else "name")
                )
            case "event":
                found: Any = self.event
                for part in node.parts:
                    found = found.get(part) if isinstance(found, Mapping) else None
                return found
            case _:
                return self._walked(node)

    def _walked(self, node: Name) -> Any:
        """The value at the end of a path; of money with the currency that stands beside it."""
        found, holder = self.record, self.record
        for step in node.steps:
            holder = found
            if isinstance(found, Mapping):
                found = found.get(step.field.name)
                continue
            if step.field.kept is not None:
                return [] if found is None else list(step.field.kept.of(found.pk))
            for hop in hops_of(step):
                found = _attribute(found, name_of(hop))
        if found is None or not node.steps or node.steps[-1].field.kind is not Kind.MONEY:
            return found
        return _money(found, holder, node)


def _money(amount: Any, holder: Any, node: Name) -> Any:
    path = node.steps[-1].field.currency or "currency"
    if isinstance(holder, Mapping):
        currency = holder.get(path)
    else:
        currency = holder
        for part in path.split("__"):
            currency = getattr(currency, part, None)
    try:
        return Money(taken(amount), str(currency or "CNY"))
    except NoMoney:
        refuse(_("This amount has no currency."), node.position, _("Fill in its currency."))


def _attribute(record: Any, name: str) -> Any:
    try:
        return getattr(record, name) if isinstance(record, Model) else None
    except ObjectDoesNotExist:
        return None


def _placed(work: Any, node: Node) -> Any:
    """What the work gives; a refusal is told with the place of the part."""
    try:
        return work()
    except ExpressionError as error:
        raise ExpressionError(error.message, node.position, str(error.remedy)) from None
