"""All that can be done with message templates."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.eventlog import Actor, action, hold, record
from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.access import permit
from kinflow.records.faces import registry

from ..bilingual import LANGUAGES
from .events import TemplateAdded, TemplateChanged
from .filling import check_template
from .models import MessageTemplate
from .sending import LONGEST_SUBJECT, LONGEST_TEXT


def _checked(given: Mapping[str, Any], pk: int = 0) -> dict[str, Any]:
    """The values, cleaned. Raises Invalid naming each that is wrong."""
    errors: list[FieldError] = []
    name, kind = given.get("name"), given.get("kind")
    name = name.replace("\0", "").strip()[:120] if isinstance(name, str) else ""
    if not name:
        errors.append(FieldError("/name", _("Give it a name.")))
    if kind not in registry:
        errors.append(FieldError("/kind", _("Choose one of the kinds of record.")))
    elif MessageTemplate.objects.filter(kind=kind, name=name).exclude(pk=pk).exists():
        errors.append(FieldError("/name", _("Another template has this name.")))
    subject = _words(given.get("subject"), "/subject", LONGEST_SUBJECT, errors)
    text = _words(given.get("text"), "/text", LONGEST_TEXT, errors)
    if not subject and not errors:
        errors.append(FieldError("/subject", _("A message needs a subject.")))
    if not errors:
        errors = check_template(subject, str(kind), "/subject") + check_template(text, str(kind), "/text")
    if errors:
        raise Invalid(errors=errors)
    return {"name": name, "kind": kind, "subject": subject, "text": text}


def _words(given: Any, pointer: str, longest: int, errors: list[FieldError]) -> dict[str, str]:
    if not isinstance(given, Mapping) or set(given) - set(LANGUAGES):
        errors.append(FieldError(pointer, _("Give the words by language.")))
        return {}
    found = {}
    for code, words in given.items():
        if not isinstance(words, str) or "\0" in words:
            errors.append(FieldError(f"{pointer}/{code}", _("A text is expected here.")))
        elif len(words) > longest:
            told = _("At most %(most)d characters.") % {"most": longest}
            errors.append(FieldError(f"{pointer}/{code}", told))
        elif words.strip():
            found[code] = words.strip()
    return found


@action
def add_template(
    *, name: str, kind: str, subject: Mapping[str, str], text: Mapping[str, str], by: Actor
) -> MessageTemplate:
    """Add a template for records of a kind. Raises Invalid: unknown fields and open braces are seen here."""
    permit(by, kind="messagetemplate")
    row = MessageTemplate(**_checked({"name": name, "kind": kind, "subject": subject, "text": text}))
    row.save()
    record(TemplateAdded(template=row))
    return row


@action
def change_template(*, template: MessageTemplate, changes: Mapping[str, Any], by: Actor) -> MessageTemplate:
    """Change what is named: name, subject, text, is_active. Raises Invalid."""
    row = hold(template)
    permit(by, row)
    names = ("name", "subject", "text")
    if strange := sorted(set(changes) - {*names, "is_active"}):
        raise Invalid(errors=[FieldError(f"/{n}", _("This field cannot be changed.")) for n in strange])
    old = {"kind": row.kind, **{name: getattr(row, name) for name in names}}
    if set(changes) & set(names):
        for name, value in _checked({**old, **changes}, row.pk).items():
            setattr(row, name, value)
    if "is_active" in changes:
        row.is_active = bool(changes["is_active"])
    row.save()
    record(TemplateChanged(template=row))
    return row
