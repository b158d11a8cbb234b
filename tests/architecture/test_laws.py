"""The laws of the house, checked on all that is there."""

import inspect
import string
from dataclasses import fields
from typing import get_args

import pytest
from django.db.models import Field as ModelField
from django.utils import translation

from kinflow.eventlog.event import Topic
from kinflow.records.access import accesses
from kinflow.records.asking import inputs_of

from .walking import actions, events, faces


def holes(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


def test_there_is_something_to_check():
    assert len(events()) > 60
    assert len(actions()) > 60
    assert {"lead", "opportunity", "account", "contact", "activity", "product"} <= set(faces())


def test_every_event_has_a_sentence_in_both_languages_that_names_only_its_fields():
    wrong = []
    for name, event in events().items():
        known = {part.name for part in fields(event)} | {"by"}
        with translation.override("en"):
            english = str(event.sentence)
        with translation.override("zh-hans"):
            chinese = str(event.sentence)
        if not english or not holes(english) <= known:
            wrong.append((name, english))
        if chinese == english or holes(chinese) != holes(english):
            wrong.append((name, chinese))
    assert wrong == []


def test_every_event_is_of_a_known_topic_and_says_what_it_means():
    strange = [name for name, event in events().items() if event.topic not in get_args(Topic)]
    assert strange == []
    assert [name for name, event in events().items() if not (event.__doc__ or "").strip()] == []


def test_every_action_takes_its_actor_by_keyword_and_says_what_it_does():
    wrong = []
    for name, action in actions().items():
        parameters = inspect.signature(action).parameters
        if "by" not in parameters or any(
            p.kind is not inspect.Parameter.KEYWORD_ONLY for p in parameters.values()
        ):
            wrong.append((name, "by"))
        if not (inspect.getdoc(action) or "").strip():
            wrong.append((name, "docstring"))
    assert wrong == []


def test_everything_a_face_offers_is_granted_to_somebody():
    missing = []
    for name, face in faces().items():
        offered = [verb.action for verb in face.verbs] + [face.create, face.change]
        granted = {action for access in accesses.values() for action in access.run}
        missing += [
            (name, action.action_name)
            for action in offered
            if action is not None and action.action_name not in granted
        ]
        if name not in accesses:
            missing.append((name, "see"))
    assert missing == []


def test_faces_name_only_fields_they_have():
    wrong = []
    for name, face in faces().items():
        board = face.board
        named = [*face.columns, *(field for _label, group in face.facts for field in group)]
        named += face.search
        if board is not None:
            named += [board.field, *board.card, *([board.total] if board.total else [])]
            verbs = [*board.moves.values(), *([board.move] if board.move else [])]
            wrong += [(name, verb) for verb in verbs if face.verb(verb) is None]
        named += [field.currency for field in face.fields if field.currency]
        wrong += [(name, each) for each in named if each not in face.by_name]
    assert wrong == []


def test_every_field_of_a_face_is_a_field_of_its_model():
    wrong = []
    for name, face in faces().items():
        for field in face.fields:
            model = face.model
            for step in field.column.split("__"):
                known = {f.name: f for f in model._meta.get_fields()}
                if step not in known:
                    wrong.append((name, field.name))
                    break
                model = known[step].related_model or model
    assert wrong == []


def test_fields_that_lead_to_records_lead_to_faces():
    known = faces()
    wrong = [
        (name, field.name)
        for name, face in known.items()
        for field in face.fields
        if field.target and field.target not in known
    ]
    assert wrong == []


def test_panels_lead_from_records_that_are_there():
    known, wrong = faces(), []
    for name, face in known.items():
        for panel in face.panels:
            target = known.get(panel.kind)
            columns = {f.name for f in target.model._meta.get_fields()} if target else set()
            if panel.via not in columns and f"{panel.via}_id" not in columns:
                wrong.append((name, panel.kind, panel.via))
    assert wrong == []


def test_keys_of_verbs_are_single_and_not_given_twice():
    for face in faces().values():
        keys = [verb.key for verb in face.verbs if verb.key]
        assert all(len(key) == 1 for key in keys)
        assert len(keys) == len(set(keys)), face.name


def test_what_actions_ask_people_for_has_words_in_both_languages():
    wrong = []
    for name, face in faces().items():
        offered = [(verb.action, face) for verb in face.verbs]
        offered += [(face.create, None)] if face.create else []
        for action, of in offered:
            asked = [each for each in inputs_of(action, of) if each.asked]
            wrong += [(name, each.name, str(each.label)) for each in asked if not speaks_both(each.label)]
    assert wrong == []


def told(words: object, language: str) -> str:
    with translation.override(language):
        return str(words)


def speaks_both(words: object) -> bool:
    """Whether the words are Chinese in Chinese; names and signs that are the same everywhere are fine."""
    english = told(words, "en")
    return told(words, "zh-hans") != english or english in SAME or not english.isascii() or english.isupper()


SAME = {"WhatsApp", "–", "", "Kinflow"}


@pytest.mark.parametrize("what", ["labels", "choices", "verbs", "views"])
def test_every_word_of_a_face_is_said_in_both_languages(what):
    found = {
        "labels": lambda f: [
            f.label,
            f.plural,
            f.empty,
            *(x.label for x in f.fields),
            *(a for a, _b in f.facts),
        ],
        "choices": lambda f: [label for x in f.fields for _value, label in x.choices],
        "verbs": lambda f: [verb.label for verb in f.verbs],
        "views": lambda f: [label for _key, label, _condition in f.views],
    }[what]
    assert [(name, str(w)) for name, face in faces().items() for w in found(face) if not speaks_both(w)] == []


def test_every_choice_of_a_model_is_said_in_both_languages():
    wrong = [
        (name, field.name, str(label))
        for name, face in faces().items()
        for field in face.model._meta.get_fields()
        if isinstance(field, ModelField)
        for _value, label in field.choices or ()
        if not speaks_both(label)
    ]
    assert wrong == []
