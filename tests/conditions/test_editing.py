"""What the editor is given, and what it is told while somebody edits."""

import json
import re
from html import unescape

from django.template import Context as Values
from django.template import Template
from django.utils import translation

from kinflow.conditions import Kind, parse
from kinflow.conditions.editing import described, editor_data

from .world.vocabulary import VOCABULARY

WET = {"field": "contact.account.industry", "op": "is", "value": "water"}


def rendered(**values):
    tag = "{% load conditions %}{% condition_editor vocabulary 'lead' value name='filter' names=names %}"
    return Template(tag).render(Values({"vocabulary": VOCABULARY, "names": None, "value": None, **values}))


def test_the_editor_knows_every_type_that_can_be_reached():
    data = editor_data(VOCABULARY, "lead")
    assert set(data["types"]) == {"lead", "contact", "account", "person", "unit", "activity", "product"}
    assert json.loads(json.dumps(data)) == data


def test_the_editor_knows_what_fits_each_kind():
    data = editor_data(VOCABULARY, "lead")
    assert set(data["operators"]) == set(Kind)
    assert data["operators"]["boolean"][0] == {"op": "is", "words": "is", "shape": "one"}
    stage = next(f for f in data["types"]["lead"] if f["name"] == "stage")
    assert stage["choices"] == [[1, "New"], [2, "Contacted"], [3, "Qualified"]]


def test_the_editor_speaks_chinese():
    with translation.override("zh-hans"):
        data = editor_data(VOCABULARY, "lead")
    assert data["words"]["add"] == "添加条件"
    assert ["days", "天"] in data["units"]
    assert all(re.search("[\u4e00-\u9fff]", words) for words in data["words"].values())


def test_without_javascript_there_is_the_text_of_the_condition():
    html = rendered(value=parse(WET, "lead", VOCABULARY))
    text = re.search(r'<textarea name="filter"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    assert json.loads(unescape(text[1])) == WET


def test_what_is_edited_cannot_break_out_of_the_page():
    html = rendered(value='</textarea><script>"', names={("person", 1): '"><script>'})
    assert "<script>" not in html
    assert html.count("</textarea>") == 1


def test_while_editing_the_condition_is_read_back():
    assert described(json.dumps(WET), VOCABULARY, "lead") == {
        "sentence": "Contact’s account’s industry is Water"
    }


def test_while_editing_a_fault_is_told_with_its_place():
    told = described('{"all": [{"field": "size", "op": "is", "value": 1}]}', VOCABULARY, "lead")
    assert told["pointer"] == "/all/0/field"
    assert told["message"]
    assert told["remedy"]
