"""What other tools added to a file stays with its parts: through reading, writing, a new drawing and moves; never run."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kinflow.processes.bpmn import foreign
from kinflow.processes.bpmn.foreign_back import merged, of_any_kind, parts_of, says_more
from kinflow.processes.bpmn.layout import laid_out
from kinflow.processes.bpmn.model import Additions, Foreign, Model
from kinflow.processes.bpmn.reading import read_bpmn
from kinflow.processes.bpmn.writing import write_bpmn
from kinflow.processes.redesigns.charts import Chart
from kinflow.processes.redesigns.moves import make
from kinflow.processes.redesigns.places import Places
from kinflow.processes.simulation.whatif.order_moves import Merge, Parallelise
from kinflow.processes.simulation.whatif.way_moves import Automate, Eliminate

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "bpmn" / "miwg-reference"
OF_OTHERS = [each for each in ("A.2.1.bpmn", "C.1.0.bpmn") if (DATA / each).exists()]
SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="urn:tool" xmlns:u="urn:other"'
    ' xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def said(text: str) -> str:
    return f"<extensionElements>{text}</extensionElements>"


def file(a: str = "", inside_a: str = "", more: str = "", drawing: str = "", root: str = "") -> bytes:
    """start → a → b → end, with what other tools added."""
    return (
        f'<definitions {SPACES} {root}><process id="p" t:version="7">'
        f'<startEvent id="s"/><userTask id="a" name="A" {a}>{inside_a}</userTask><userTask id="b" name="B"/>'
        '<endEvent id="e"/><sequenceFlow id="s_a" sourceRef="s" targetRef="a"/>'
        '<sequenceFlow id="a_b" sourceRef="a" targetRef="b" u:line="bold"/>'
        f'<sequenceFlow id="b_e" sourceRef="b" targetRef="e"/>{more}</process>{drawing}</definitions>'
    ).encode()


def at(model: Model, part: str) -> Additions:
    return next(each.foreign for each in parts_of(model) if each.id == part)


def again(model: Model) -> Model:
    return read_bpmn(write_bpmn(model))


def canonical(additions: Additions) -> list[Foreign]:
    """Additions however their prefixes are called."""

    def plain(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(etree.canonicalize(text, rewrite_prefixes=True) for text in texts)

    return [replace(e, additions=plain(e.additions), documents=plain(e.documents)) for e in additions]


@pytest.mark.parametrize("name", OF_OTHERS)
@pytest.mark.parametrize("is_redrawn", [False, True])
def test_files_of_other_tools_keep_what_they_added(name: str, is_redrawn: bool) -> None:
    model = read_bpmn((DATA / name).read_bytes())
    written = again(laid_out(replace(model, boxes={}, routes={})) if is_redrawn else model)
    assert any(part.foreign for part in parts_of(model))
    assert [(part.id, canonical(part.foreign)) for part in parts_of(written)] == [
        (part.id, canonical(part.foreign)) for part in parts_of(model)
    ]
    assert canonical(written.foreign) == canonical(model.foreign)
    assert again(written).foreign == written.foreign


WORDS = st.text(alphabet="ab <>&'\"é中\t\n", max_size=8)
ATTRIBUTES = st.dictionaries(st.sampled_from(["t:x", "u:x", "t:y"]), WORDS, max_size=3)


def _opening(tag: str, attributes: dict[str, str]) -> str:
    told = etree.Element("x")
    for key, text in attributes.items():
        told.set(key.replace(":", "_"), text)
    rest = etree.tostring(told).decode()[2:-2]
    for key in attributes:
        rest = rest.replace(f" {key.replace(':', '_')}=", f" {key}=")
    return f"<{tag}{rest}>"


@st.composite
def additions(draw: st.DrawFn, depth: int = 2) -> str:
    """A node of another tool, of any space, with attributes, text and nodes in it."""
    tag = draw(st.sampled_from(["t:one", "u:two", "three", "script"]))
    holder = etree.Element("x")
    holder.text = draw(WORDS)
    text = etree.tostring(holder).decode()[3:-4] if holder.text else ""
    inner = draw(st.lists(additions(depth - 1), max_size=2)) if depth else []
    space = draw(st.sampled_from(["", ' xmlns=""', ' xmlns="urn:third"'])) if ":" not in tag else ""
    opening = _opening(tag, draw(ATTRIBUTES))
    return f"{opening[:-1]}{space}>{text}{''.join(inner)}</{tag}>"


@given(st.lists(additions(), max_size=3), ATTRIBUTES)
@settings(deadline=None, max_examples=60)
def test_whatever_another_tool_adds_comes_back_the_same(added: list[str], attributes: dict[str, str]) -> None:
    opening = _opening("userTask", attributes)[len("<userTask") : -1]
    model = read_bpmn(file(opening, said("".join(added)) if added else ""))
    kept = at(model, "a")
    assert sum(len(each.additions) for each in kept) == len(added)
    assert sum(len(each.attributes) for each in kept) == len(attributes)
    assert canonical(at(again(model), "a")) == canonical(kept)
    assert again(model) == model


def test_all_sorts_of_parts_keep_what_stands_at_them() -> None:
    more = (
        '<intermediateCatchEvent id="w"><timerEventDefinition t:kind="cycle"/></intermediateCatchEvent>'
        '<userTask id="m"><multiInstanceLoopCharacteristics t:each="line">'
        + said("<t:list/>")
        + "</multiInstanceLoopCharacteristics></userTask>"
        '<scriptTask id="c"><script t:engine="x">1</script></scriptTask>'
    )
    drawing = (
        '<di:BPMNDiagram><di:BPMNPlane><di:BPMNShape bpmnElement="a" u:fill="red"><dc:Bounds x="1" y="1"'
        ' width="9" height="9"/></di:BPMNShape></di:BPMNPlane></di:BPMNDiagram>'
    )
    words = "<documentation>Ask <t:b>first</t:b></documentation>" + said("<t:form/>")
    model = read_bpmn(file('t:who="me"', words, more, drawing, root='t:platform="seven"'))
    assert not [note for note in model.notes if note.code == "extension"]
    for kept in (again(model), again(laid_out(replace(model, boxes={}, routes={})))):
        for part in ("p", "a", "a_b", "w", "m", "c"):
            assert at(kept, part)
            assert canonical(at(kept, part)) == canonical(at(model, part))
        assert kept.foreign == model.foreign == (Foreign(attributes=(("{urn:tool}platform", "seven"),)),)
    assert [each.where for each in at(model, "a")] == ["", "drawing"]


def test_what_is_in_no_space_is_not_taken_for_bpmn_when_it_is_written() -> None:
    model = read_bpmn(file("", said('<t:x xmlns=""><task id="z"/></t:x>')))
    written = again(model)
    assert [each.id for each in written.elements] == [each.id for each in model.elements]
    assert 'xmlns="http://www.omg.org' not in at(written, "a")[0].additions[0]


def test_files_without_additions_are_written_as_before() -> None:
    bare = read_bpmn(file().replace(b't:version="7"', b"").replace(b'u:line="bold"', b""))
    assert b"<userTask" in write_bpmn(bare)
    assert b"urn:tool" not in write_bpmn(bare)


def test_what_is_too_long_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "MOST_AT_A_PART", 100)
    model = read_bpmn(file('t:who="me"', said(f"<t:x>{'x' * 100}</t:x>")))
    assert at(model, "a") == ()
    assert [(n.about, n.count) for n in model.notes if n.code == "extension"] == [("userTask", 2)]
    assert at(model, "p")
    monkeypatch.setattr(foreign, "MOST_IN_A_FILE", 10)
    assert not any(part.foreign for part in parts_of(read_bpmn(file('t:who="me"'))))


def test_nodes_of_other_tools_at_places_where_none_belong_are_said_to_be_left_out() -> None:
    model = read_bpmn(file("", "<t:odd/>"))
    assert [(n.about, n.count) for n in model.notes if n.code == "extension"] == [("odd", 1)]


def places(model: Model) -> Places:
    return Places({each.id: each.id for each in model.elements}, {}, {})


ADDED = file('t:who="me" u:x="1"', said("<t:form/><t:list/>"))


def test_steps_that_a_move_leaves_alone_keep_what_others_said() -> None:
    model = read_bpmn(ADDED)
    for move in (Parallelise("a", "b"), Eliminate("b")):
        chart = Chart(model, {})
        make(chart, move, places(model), 0)
        written = again(chart.tidied())
        assert at(written, "a") == at(model, "a")
        assert at(written, "p") == at(model, "p")
        assert not chart.lost


def test_a_step_of_another_kind_keeps_its_documentation_and_drawing_only_and_it_is_said() -> None:
    words = "<documentation>Ask</documentation>" + said("<t:form/>")
    model = read_bpmn(file('t:who="me"', words))
    chart = Chart(model, {})
    make(chart, Automate("a"), places(model), 0)
    (kept,) = at(again(chart.tidied()), "a")
    assert (kept.attributes, kept.additions, len(kept.documents)) == ((), (), 1)
    assert chart.lost == [{"en": "A", "zh-hans": "A"}]


def test_of_two_steps_that_become_one_both_say_what_does_not_exclude_each_other() -> None:
    model = read_bpmn(
        ADDED.replace(
            b'<userTask id="b" name="B"/>',
            (
                '<userTask id="b" name="B" u:x="2" u:y="3">' + said("<t:form/><u:more/>") + "</userTask>"
            ).encode(),
        )
    )
    chart = Chart(model, {})
    make(chart, Merge("a", "b", ""), places(model), 0)
    (kept,) = at(again(chart.tidied()), "a")
    assert dict(kept.attributes) == {"{urn:tool}who": "me", "{urn:other}x": "1", "{urn:other}y": "3"}
    assert [etree.fromstring(each).tag for each in kept.additions] == [
        "{urn:tool}form", "{urn:tool}list", "{urn:other}more",
    ]  # fmt: skip
    assert chart.lost == [{"en": "B", "zh-hans": "B"}]


@pytest.mark.parametrize(
    ("first", "second", "is_less"),
    [
        ((), (Foreign(additions=("<a/>",)),), False),
        ((Foreign(additions=("<a/>",)),), (Foreign(additions=("<a/>",)),), False),
        ((Foreign(additions=('<a x="1"/>',)),), (Foreign(additions=("<a/>",)),), True),
        ((Foreign(attributes=(("{u}k", "1"),)),), (Foreign(attributes=(("{u}k", "2"),)),), True),
    ],
)
def test_only_what_contradicts_is_left_out_where_parts_become_one(
    first: Additions, second: Additions, is_less: bool
) -> None:
    assert merged(first, second)[1] is is_less
    assert merged(first, ()) == (first, False)


def test_documentation_and_drawing_are_no_matter_of_the_kind_of_a_step() -> None:
    drawing = Foreign("drawing", (("{u}fill", "red"),))
    told = (Foreign("", (("{u}k", "1"),), ("<a/>",), ("<d/>",)), drawing)
    assert of_any_kind(told) == (Foreign(documents=("<d/>",)), drawing)
    assert says_more(told)
    assert not says_more(of_any_kind(told))
