"""One process for measuring execution, by us and by SpiffWorkflow: six messages, two of them side by side, a choice."""

from typing import Any

WAITS = ("ordered", "checked", "priced", "packed", "sent", "paid")
"""The messages in the order in which they come."""
FLOWS = (
    ("start", "ordered"), ("ordered", "fork"), ("fork", "checked"), ("fork", "priced"), ("checked", "join"),
    ("priced", "join"), ("join", "choice"), ("choice", "packed"), ("choice", "end"), ("packed", "sent"), ("sent", "paid"),
    ("paid", "end"),
)  # fmt: skip
TIMED_FLOWS = (("start", "timer"), ("timer", "sent"), ("sent", "end"))
MESSAGES = dict(
    zip(
        WAITS,
        (
            "lead_changed",
            "lead_contacted",
            "lead_qualified",
            "lead_assigned",
            "lead_reopened",
            "lead_disqualified",
        ),
        strict=True,
    )
)
"""By wait the event of a lead that is its message."""
EVENT = {"event": "sales.lead_changed"}


def bpmn(flows: tuple[tuple[str, str], ...] = FLOWS) -> bytes:
    """The file, as both engines read it."""
    used = dict.fromkeys(name for flow in flows for name in flow)
    messages = "".join(f'<message id="m_{name}" name="{name}"/>' for name in WAITS if name in used)
    drawn = "".join(map(_element, used))
    for source, target in flows:
        condition = ""
        if (source, target) == ("choice", "packed"):
            condition = '<conditionExpression xsi:type="tFormalExpression">True</conditionExpression>'
        ends = f'id="{source}_{target}" sourceRef="{source}" targetRef="{target}"'
        drawn += f"<sequenceFlow {ends}>{condition}</sequenceFlow>"
    return (
        '<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{messages}'
        f'<process id="p" name="Order" isExecutable="true">{drawn}</process></definitions>'
    ).encode()


def _element(name: str) -> str:
    if name in WAITS:
        inner = f'<messageEventDefinition messageRef="m_{name}"/>'
        return f'<intermediateCatchEvent id="{name}" name="{name}">{inner}</intermediateCatchEvent>'
    if name == "timer":
        return (
            '<intermediateCatchEvent id="timer" name="timer"><timerEventDefinition/></intermediateCatchEvent>'
        )
    kinds = {"start": "startEvent", "end": "endEvent", "choice": "exclusiveGateway"}
    default = ' default="choice_end"' if name == "choice" else ""
    return f'<{kinds.get(name, "parallelGateway")} id="{name}" name="{name}"{default}/>'


def design_of(owner: Any, name: str, flows: Any, bindings: dict[str, Any]) -> Any:
    """A design for leads in operation."""
    from kinflow.organisation.users.actors import actor_of_person
    from kinflow.processes.designs.actions import add_design, change_design, put_into_operation

    by = actor_of_person(owner)
    made = add_design(file=bpmn(flows), kind="lead", name=name, by=by)
    made = change_design(processdesign=made, bindings=bindings, by=by)
    return put_into_operation(processdesign=made, by=by)


def found(leads: int) -> tuple[Any, Any, list[Any]]:
    """The design that is measured, one that waits for the clock, and leads that they run for."""
    from kinflow.customers.contacts.actions import add_contact
    from kinflow.eventlog import SYSTEM
    from kinflow.organisation.people.actions import add_person
    from kinflow.organisation.units.actions import add_unit
    from kinflow.sales.leads.actions import capture_lead

    unit = add_unit(name="Bench", kind="company", by=SYSTEM)
    owner = add_person(family_name="Bench", unit=unit, roles=["administrator"], by=SYSTEM)
    contact = add_contact(family_name="Bench", by=SYSTEM)
    chosen = {"condition": {"field": "need", "op": "is_filled"}}
    bound = {wait: {"event": f"sales.{name}"} for wait, name in MESSAGES.items()}
    measured = design_of(owner, "Order", FLOWS, {**bound, "choice_packed": chosen})
    day = {"duration": {"amount": 1, "unit": "days"}}
    timed = design_of(owner, "Reminder", TIMED_FLOWS, {"timer": day, "sent": EVENT})
    made = [capture_lead(contact=contact, need=f"pump {n}", by=SYSTEM) for n in range(leads)]
    return measured, timed, made


def start_many(design: Any, leads: list[Any], by: Any) -> list[Any]:
    """An instance for each lead, in one transaction."""
    from kinflow.eventlog import Actor, action
    from kinflow.processes.execution.batch import moved_together
    from kinflow.processes.execution.moving import begin

    def start(*, by: Actor) -> list[Any]:
        with moved_together() as batch:
            batch.expect(leads)
            return [begin(batch, design, lead, by=by, key=f"bench {batch.now} {lead.pk}") for lead in leads]

    start.__module__ = "kinflow.processes.execution.measured"
    made: list[Any] = action(start)(by=by)
    return made


def send_messages(wait: str, leads: list[Any]) -> None:
    """The message of a wait for each lead comes into the log, in bulk."""
    from kinflow.eventlog import SYSTEM, Actor, action, bulk
    from kinflow.eventlog.event import registry

    kind: Any = registry[f"sales.{MESSAGES[wait]}"]
    values: dict[str, dict[str, Any]] = {
        "lead_changed": {"changes": {}},
        "lead_contacted": {"note": ""},
        "lead_qualified": {"stage": ""},
        "lead_assigned": {"person": None, "before": None, "card": {}, "reason": ""},
        "lead_disqualified": {"reason": "", "note": ""},
    }
    more = values.get(MESSAGES[wait], {})

    def come(*, by: Actor) -> None:
        contacts = [{"contact": lead.contact} if wait == "checked" else {} for lead in leads]
        events = (kind(lead=lead, **more, **who) for lead, who in zip(leads, contacts, strict=True))
        bulk.record_many((event, None) for event in events)

    come.__module__ = "kinflow.sales.leads.measured"
    action(come)(by=SYSTEM)


def let_wait(design: Any, abouts: list[Any], count: int, at: Any) -> list[int]:
    """So many instances that wait at their timer until a moment, in bulk, each with its event; their ids.

    They are about these records, in turns.
    """
    from kinflow.automation.clock.models import Moment
    from kinflow.eventlog import SYSTEM, Actor, action, bulk
    from kinflow.processes.execution.events import ProcessStarted
    from kinflow.processes.execution.models import ProcessInstance, ProcessToken
    from kinflow.processes.execution.waits import TIMER

    def start_many(*, by: Actor) -> list[int]:
        first = ProcessInstance.objects.count()
        like: dict[str, Any] = {
            "design": design,
            "number": design.live_number,
            "about_kind": "lead",
            "last_token": 2,
        }
        turns = [abouts[n % len(abouts)] for n in range(count)]
        made = [
            ProcessInstance(**like, about_id=one.pk, key=f"bulk {first + n}") for n, one in enumerate(turns)
        ]
        rows = bulk.insert(made)
        told: dict[str, Any] = {"processdesign": design, "number": design.live_number}
        began = (
            ProcessStarted(processinstance=r, record=a, **told) for r, a in zip(rows, turns, strict=True)
        )
        bulk.record_many((event, None) for event in began)
        stands = {
            "number": 2,
            "node": "timer",
            "state": "waits",
            "flow": "start_timer",
            "scope": 0,
            "since": at,
        }
        stands |= {"times": 0, "done": 0, "attempts": 0, "happened": "", "fault": "", "remedy": ""}
        tokens = ((row.pk, *stands.values()) for row in rows)
        bulk.insert_parts(ProcessToken, ["instance_id", *stands], tokens, wholes=rows)
        moments = (
            Moment(
                handler=TIMER,
                key=f"{pk}:2:timer",
                at=at,
                payload={"instance": pk, "token": 2, "node": "timer"},
            )
            for pk in (row.pk for row in rows)
        )
        Moment.objects.bulk_create(moments, batch_size=5_000)
        return [row.pk for row in rows]

    start_many.__module__ = "kinflow.processes.execution.measured"
    ids: list[int] = action(start_many)(by=SYSTEM)
    return ids
