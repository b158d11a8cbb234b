"""All that can be done with designs."""

from collections.abc import Mapping
from typing import Annotated, Any

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.automation.rules.event_names import kinds
from kinflow.eventlog import Actor, action, bulk, hold, record
from kinflow.eventlog.command import attempt
from kinflow.kit.lines import straight
from kinflow.kit.problem import Conflict, FieldError, Invalid
from kinflow.organisation.people.models import Person
from kinflow.records.access import permit
from kinflow.records.changing import apply_changes
from kinflow.records.faces import Ask

from ..bpmn.model import Model
from ..bpmn.repeats import repeated_in, repeats_of
from ..deployments.ending import end_running
from .at_work import calls_at_work
from .drawn_check import read_drawn, still_fitting
from .events import (
    DesignAdded,
    DesignRemoved,
    DesignRenamed,
    DesignTakenOff,
    DesignWentLive,
)
from .fitness import refuse_unfit
from .models import ProcessDesign
from .naming import is_unseen
from .plans import plan_of
from .reading_bindings import read_bindings
from .repeating import told_repeats
from .shipped import SHIPPED
from .versions import newest, next_version, write_version

MOST_NAME = 120


@action
def add_design(
    *,
    file: Annotated[bytes, Ask(gettext_lazy("BPMN file"))],
    kind: Annotated[str, Ask(gettext_lazy("For records of the kind"), choices=kinds)],
    name: Annotated[str, Ask(gettext_lazy("Name"))] = "",
    name_zh: Annotated[str, Ask(gettext_lazy("Chinese name"))] = "",
    owner: Annotated[Person | None, Ask(gettext_lazy("Owner"))] = None,
    bindings: Mapping[str, Any] | None = None,
    by: Actor,
) -> ProcessDesign:
    """Keep a BPMN file as the first version of a design; without an owner it is whose who adds it.

    Raises Invalid for a file that is no BPMN 2.0, a kind of record that cannot be changed, a missing owner.
    """
    permit(by, kind="processdesign")
    model = read_drawn(file)
    if kind not in dict(kinds()):
        raise Invalid(errors=[FieldError("/kind", _("Choose one of the kinds of record."))])
    owner = owner or (Person.objects.filter(pk=by.person_id).first() if by.person_id else None)
    if owner is None:
        raise Invalid(errors=[FieldError("/owner", _("Say whose design it is."))])
    in_file = model.name or next((p.name for p in model.processes if p.name), "") or _("Design")
    called = straight(name).strip() or in_file[:MOST_NAME]
    design = ProcessDesign(kind=kind, name=called, name_zh=straight(name_zh).strip(), owner=owner)
    _refuse_names(design)
    _refuse_twin(design)
    _refuse_wrong(design, model, bindings or {})
    try:
        with attempt():
            design.save()
    except IntegrityError:  # another was given the name at the same moment
        raise _twin() from None
    write_version(design, file, bindings or {}, by)
    record(DesignAdded(processdesign=design))
    return design


@action
def add_shipped_design(*, key: str, owner: Person | None = None, by: Actor) -> ProcessDesign:
    """Add one of the reference processes as a design, its steps named in the active language.

    Raises Invalid for a key that none has, or where a design is called so already.
    """
    permit(by, kind="processdesign")
    shipped = next((each for each in SHIPPED if each.key == key), None)
    if shipped is None:
        raise Invalid(errors=[FieldError("/key", _("There is no such reference process."))])
    english, chinese = shipped.names()
    return add_design(
        file=shipped.file(),
        kind=shipped.kind,
        name=english,
        name_zh=chinese,
        owner=owner,
        bindings=shipped.bindings,
        by=by,
    )


def _refuse_names(design: ProcessDesign) -> None:
    """Names are what they look like: without characters that cannot be seen, or let text run the other way."""
    for field in ("name", "name_zh"):
        if len(getattr(design, field)) > MOST_NAME:
            words = _("At most %(most)d characters.") % {"most": MOST_NAME}
            raise Invalid(errors=[FieldError(f"/{field}", words)])
        if any(is_unseen(char) for char in getattr(design, field)):
            words = _("There is a character in the name that cannot be seen. Leave it out.")
            raise Invalid(errors=[FieldError(f"/{field}", words)])


def _refuse_twin(design: ProcessDesign) -> None:
    if ProcessDesign.objects.filter(name=design.name).exclude(pk=design.pk).exists():
        raise _twin()


def _twin() -> Invalid:
    return Invalid(errors=[FieldError("/name", _("There is a design of this name already."))])


@action
def change_design(
    *,
    processdesign: ProcessDesign,
    file: Annotated[bytes | None, Ask(gettext_lazy("BPMN file"))] = None,
    bindings: Mapping[str, Any] | None = None,
    repeats: Mapping[str, Any] | None = None,
    seen: int | None = None,
    by: Actor,
) -> ProcessDesign:
    """Write a new version: another model, other bindings, or both.

    Bindings of elements that are gone are left out, as are kept ones of elements that are of another kind now.

    `repeats` gives by step how often it is done: {"how": "parallel", "times": "3", "until": "event.done >= 2"}; it is
    written into the model. `seen` is the version that the editor saw. Raises Invalid, naming each thing that is wrong;
    Conflict where somebody else wrote a version meanwhile.
    """
    design = hold(processdesign)
    permit(by, design)
    if seen is not None and seen != design.number:
        raise Conflict(
            _("Somebody wrote version %(number)s meanwhile.") % {"number": design.number},
            remedy=_("Look at it, and make your change again."),
        )
    before = newest(design)
    content = file if file is not None else bytes(before.content)
    model = read_drawn(content)
    given = dict(before.bindings if bindings is None else bindings)
    if file is not None:
        given = still_fitting(given, model, is_kept=bindings is None)
    _refuse_wrong(design, model, given, repeats)
    told = told_repeats(design.kind, model, repeats or {}, [])
    if any(repeats_of(element) != told.get(element.id, repeats_of(element)) for element in model.elements):
        content = repeated_in(content, told)
        model = read_drawn(content)
    if content == bytes(before.content) and given == before.bindings:
        return design
    return next_version(design, before, content, given, by)


def _refuse_wrong(
    design: ProcessDesign, model: Model, given: Mapping[str, Any], repeats: Mapping[str, Any] | None = None
) -> None:
    plan, _faults = plan_of(model)
    errors: list[FieldError] = []
    if plan is not None:
        read_bindings(design.kind, plan, given, errors)
    told_repeats(design.kind, model, repeats or {}, errors)
    if errors:
        raise Invalid(errors=errors)


@action
def rename_design(
    *,
    processdesign: ProcessDesign,
    changes: Mapping[str, Any],
    seen: Mapping[str, Any] | None = None,
    by: Actor,
) -> ProcessDesign:
    """Change names and owner; `seen` are the values the editor saw. Raises Invalid for an empty or known name."""
    design = hold(processdesign)
    permit(by, design)
    changed = apply_changes(design, changes, seen=seen)
    if changed:
        if not design.name.strip():
            raise Invalid(errors=[FieldError("/name", _("Give it a name."))])
        _refuse_names(design)
        _refuse_twin(design)
        design.save(update_fields=changed)
        record(DesignRenamed(processdesign=design, changes=changed))
    return design


@action
def put_into_operation(*, processdesign: ProcessDesign, by: Actor) -> ProcessDesign:
    """Let new instances run by the newest version; instances that run by another finish by it.

    Raises NotFitForOperation with all that is missing or wrong.
    """
    design = hold(processdesign)
    permit(by, design)
    refuse_unfit(design, newest(design))
    end_running(design)
    if design.live_number == design.number:
        return design
    before, design.live_number = design.live_number, design.number
    design.save()
    record(DesignWentLive(processdesign=design, number=design.number, before=before))
    return design


@action
def take_off(*, processdesign: ProcessDesign, by: Actor) -> ProcessDesign:
    """Start no further instances; running ones finish."""
    design = hold(processdesign)
    permit(by, design)
    end_running(design)
    if design.live_number is not None:
        design.live_number = None
        design.save()
        record(DesignTakenOff(processdesign=design))
    return design


@action
def remove_design(*, processdesign: ProcessDesign, by: Actor) -> None:
    """Remove a design that nothing ever ran by. Raises Conflict for others: what ran stays explained."""
    design = hold(processdesign)
    permit(by, design)
    is_used = design.instances.exists() or design.deployments.exists() or design.moves.exists()
    if design.live_number is not None or is_used:
        out = _("Take it out of operation.")
        rests = _("Leave it as it is: it is out of operation, and starts nothing any more.")
        raise Conflict(
            _("Instances ran by this design: it stays, so that what happened stays explained."),
            remedy=rests if design.live_number is None else out,
        )
    callers = sorted(name for pk, name, called in calls_at_work() if design.pk in called and pk != design.pk)
    if callers:
        raise Conflict(
            _("“%(design)s” calls this design: it stays.") % {"design": callers[0]},
            remedy=_("Let it call another, or take it out of operation."),
        )
    record(DesignRemoved(processdesign=design, name_given=design.name))
    bulk.delete(design.redesigns.all())
    bulk.delete(design.versions.all())
    bulk.delete(ProcessDesign.objects.filter(pk=design.pk))
