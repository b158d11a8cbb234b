"""Data flow: what an event does with a record, who does how much of it, and the drawing."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from kinflow.processes.structure.diagrams.flows.drawing import Shown, arrows_of, drawn
from kinflow.processes.structure.diagrams.flows.functions import Function, by_process, source_of, subject_of
from kinflow.processes.structure.diagrams.flows.using import (
    Deed,
    making_of,
    matrix_of,
    sources_of,
    totals_of,
    way_of,
    without_rare,
)

MAKING = making_of(
    [
        ("sales.lead_captured", "lead", "lead", 98, 100),
        ("sales.lead_changed", "lead", "lead", 2, 60),
        ("customers.contact_added", "contact", "contact", 100, 100),
    ]
)


def deed(event: str, times: int = 1, **more: Any) -> Deed:
    mentions: Mapping[tuple[str, str], int] = more.pop("mentions", {("lead", "lead"): times})
    given = {"actor": "person", "unit": 1, "cases": ("lead",), "values": {}} | more
    return Deed(event=event, times=times, mentions=dict(mentions), **given)


def by_event(each: Deed) -> list[str]:
    return [each.event]


def test_the_first_event_of_records_makes_them() -> None:
    assert way_of("sales.lead_captured", "lead", "lead", "lead", MAKING) == "C"
    assert way_of("sales.lead_changed", "lead", "lead", "lead", MAKING) == "U"


def test_what_only_takes_part_is_used() -> None:
    assert way_of("sales.lead_captured", "contact", "contact", "lead", MAKING) == "R"


def test_what_is_taken_away_is_removed_but_not_what_it_was_a_part_of() -> None:
    assert way_of("sales.lead_taken_back", "lead", "lead", "lead", MAKING) == "D"
    assert way_of("customers.contact_point_removed", "contact", "contact", "contact", MAKING) == "U"


def test_an_event_is_about_its_first_record() -> None:
    assert subject_of("customers.account_joined") == "contact"
    assert subject_of("no.such_event") == ""


def test_the_matrix_counts_records_by_function_with_the_fields_changed() -> None:
    deeds = [
        deed("sales.lead_captured", 4, mentions={("lead", "lead"): 4, ("contact", "contact"): 4}),
        deed("sales.lead_changed", 3, changed={"need": 2, "source": 1}),
    ]
    matrix = matrix_of(deeds, by_event, lambda _event: "lead", MAKING, ["lead", "contact"])
    assert matrix["sales.lead_captured", "lead"].ways == {"C": 4, "R": 0, "U": 0, "D": 0}
    assert matrix["sales.lead_captured", "contact"].letters == "R"
    assert matrix["sales.lead_changed", "lead"].fields == {"need": 2, "source": 1}
    assert ("sales.lead_changed", "contact") not in matrix


def test_what_is_rare_for_its_function_is_left_out_of_the_drawing() -> None:
    deeds = [deed("a.b", 199), deed("a.b", 1, mentions={("contact", "contact"): 1})]
    matrix = matrix_of(deeds, by_event, lambda _event: "lead", MAKING, ["lead", "contact"])
    assert set(without_rare(matrix, totals_of(deeds, by_event), 0.01)) == {("a.b", "lead")}


def test_mails_come_from_outside_though_kinflow_itself_takes_them_in() -> None:
    mail = deed("contact_center.email_received", 5, actor="system", unit=None)
    assert source_of(mail) == "mail"
    assert source_of(deed("a.b", actor="portal")) == "portal"
    assert source_of(deed("a.b")) == ""
    assert sources_of([mail], by_event, source_of) == {("mail", mail.event): 5}


def test_what_belongs_to_no_process_belongs_to_its_area() -> None:
    class Made:
        key, case_kind, steps, phases, called = "lead", "lead", [], [], "Leads"

    other: Any = type("Other", (Made,), {"key": "case"})
    functions = by_process([Made(), other()], by_steps=True)  # type: ignore[list-item]
    assert functions.of(deed("customers.contact_added")) == ["/customers"]
    assert by_process([other()], by_steps=True).of(deed("customers.contact_added")) == []


def test_the_drawing_has_stores_on_both_sides_and_is_sound_whatever_names_hold() -> None:
    deeds = [
        deed("f", 4, mentions={("lead", "lead"): 4, ("contact", "contact"): 4}),
        deed("g", 4, mentions={("contact", "x"): 4, ("lead", "lead"): 1}),
    ]
    matrix = matrix_of(
        deeds, by_event, lambda event: "lead" if event == "f" else "x", MAKING, ["lead", "contact"]
    )
    arrows = arrows_of(matrix, {("mail", "f"): 2}, lambda *told: "<b>", lambda *cell: '"><i>')
    functions = [Function("f", "<script>", "&"), Function("g", "G")]
    shown = Shown(functions, {"f": "East"}, {"lead": "Leads", "contact": "Contacts"}, {}, {"mail": "Mail"})
    root = etree.fromstring(drawn(shown, arrows, label="x", heads=("in", "do", "out")))
    words = ["".join(each.itertext()) for each in root.iter("{*}text")]
    assert words.count("Leads") == 2
    assert words.count("Contacts") == 2
    assert words.count("Mail") == 1
    assert not root.findall(".//{*}script")
