"""Conditions in words: natural in English and in Chinese, in sentences and in chips."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db.models import Model
from django.template import Context as TemplateContext
from django.template import Template
from django.utils import translation
from django.utils.functional import lazystr
from hypothesis import given, settings

from kinflow.conditions import OPERATORS, Chip, Field, Kind, chips, operator_words, parse, sentence
from kinflow.conditions.operators import OPPOSITES
from kinflow.conditions.words import CLAUSES

from .random_conditions import raw_conditions
from .world.vocabulary import MODELS, VOCABULARY

CHINESE = {
    "Score": "积分",
    "Title": "标题",
    "Created": "创建时间",
    "Due date": "到期日",
    "Owner": "负责人",
    "Unit": "组织单元",
    "Contact": "联系人",
    "Account": "客户",
    "Industry": "行业",
    "Water": "水务",
    "Power": "电力",
    "Topics": "主题",
    "Activities": "业务活动",
    "Kind": "类型",
    "Call": "电话",
    "Visit": "拜访",
    "Opted out": "是否退订",
    "SLA due": "SLA 到期时间",
    "Revenue": "营业额",
}
NAMES = {("person", 7): "Chen Yu", ("unit", 2): "华东区"}


class _Bilingual(str):
    """A label that is English in English and Chinese in Chinese."""

    def __str__(self) -> str:
        chinese = (translation.get_language() or "").startswith("zh")
        return CHINESE[str.__str__(self)] if chinese else str.__str__(self)


def both(english: str) -> Any:
    return lazystr(_Bilingual(english))


def field(name: str, kind: Kind, label: str, **more: Any) -> Field:
    return Field(name, kind, both(label), name, **more)


INDUSTRIES = (("water", both("Water")), ("power", both("Power")))
KINDS = (("call", both("Call")), ("visit", both("Visit")))
FIELDS: dict[str, list[Field]] = {
    "lead": [
        field("score", Kind.INTEGER, "Score"),
        field("title", Kind.TEXT, "Title"),
        field("created", Kind.MOMENT, "Created"),
        field("due_on", Kind.DATE, "Due date"),
        field("sla", Kind.MOMENT, "SLA due"),
        field("out", Kind.BOOLEAN, "Opted out"),
        field("topics", Kind.TEXT_LIST, "Topics"),
        field("owner", Kind.RELATION, "Owner", target="person"),
        field("unit", Kind.RELATION, "Unit", target="unit"),
        field("contact", Kind.RELATION, "Contact", target="contact"),
        field("activities", Kind.RELATION, "Activities", target="activity", many=True),
    ],
    "contact": [field("account", Kind.RELATION, "Account", target="account")],
    "account": [
        field("industry", Kind.CHOICE, "Industry", choices=INDUSTRIES),
        field("revenue", Kind.MONEY, "Revenue"),
    ],
    "activity": [field("kind", Kind.CHOICE, "Kind", choices=KINDS)],
}


class Labelled:
    """A vocabulary whose labels speak both languages."""

    def fields_of(self, type_name: str) -> Mapping[str, Field]:
        return {f.name: f for f in FIELDS[type_name]}

    def model_of(self, type_name: str) -> type[Model]:
        return MODELS[type_name]


def asked(field: str, op: str, *value: Any) -> dict[str, Any]:
    return {"field": field, "op": op} | ({"value": value[0]} if value else {})


HOT = asked("score", "at_least", 40)
WET = asked("contact.account.industry", "any_of", ["water", "power"])
CALLS = asked("kind", "is", "call")
MINE = asked("owner", "is", {"me": True})

SAID: list[tuple[Any, str, str]] = [
    ({}, "Everything", "全部"),
    ({"not": {}}, "Nothing", "无"),
    (HOT, "Score is at least 40", "积分不低于 40"),
    ({"not": HOT}, "Score is less than 40 or empty", "积分低于 40 或为空"),
    ({"not": {"not": HOT}}, "Score is at least 40", "积分不低于 40"),
    (asked("score", "between", [1, 12000]), "Score is between 1 and 12,000", "积分介于 1 与 12,000 之间"),
    (
        asked("contact.account.revenue", "more_than", "1234.50"),
        "Contact’s account’s revenue is more than 1,234.50",
        "联系人的客户的营业额高于 1,234.50",
    ),
    (WET, "Contact’s account’s industry is any of Water, Power", "联系人的客户的行业为水务、电力之一"),
    (asked("title", "contains", "泵 5"), "Title contains “泵 5”", "标题包含“泵 5”"),
    (asked("title", "none_of", ["x"]), "Title is not “x”", "标题不为“x”"),
    (asked("title", "starts_with", "A"), "Title starts with “A”", "标题以“A”开头"),
    (asked("title", "is_filled"), "Title is filled in", "标题不为空"),
    ({"not": asked("title", "is_filled")}, "Title is empty", "标题为空"),
    (asked("out", "is", True), "Opted out is yes", "是否退订为是"),
    (asked("owner", "is", {"me": True}), "Owner is me", "负责人为我"),
    (asked("owner", "is_not", 7), "Owner is not Chen Yu", "负责人不为 Chen Yu"),
    (asked("owner", "is", 8), "Owner is #8", "负责人为 #8"),
    (
        asked("unit", "any_of", [{"my_unit": True}, 2]),
        "Unit is any of my unit, 华东区",
        "组织单元为我的组织单元、华东区之一",
    ),
    (asked("sla", "is_empty"), "SLA due is empty", "SLA 到期时间为空"),
    (asked("created", "within_last", {"days": 7}), "Created is in the last 7 days", "创建时间在最近 7 天内"),
    (
        asked("created", "within_next", {"hours": 1}),
        "Created is in the next 1 hour",
        "创建时间在未来 1 小时内",
    ),
    (
        asked("created", "more_than_ago", {"weeks": 2}),
        "Created is more than 2 weeks ago",
        "创建时间距今已超过 2 周",
    ),
    (
        asked("due_on", "more_than_ahead", {"months": 3}),
        "Due date is more than 3 months ahead",
        "到期日在 3 个月以后",
    ),
    (asked("due_on", "in_this", "month"), "Due date falls in this month", "到期日在本月"),
    (asked("due_on", "in_this", "day"), "Due date is today", "到期日为今天"),
    ({"not": asked("due_on", "in_next", "day")}, "Due date is not tomorrow", "到期日不为明天"),
    (asked("due_on", "on", {"today": -3}), "Due date is 3 days ago", "到期日为 3 天前"),
    (asked("due_on", "before", "2026-05-01"), "Due date is before 1 May 2026", "到期日早于 2026年5月1日"),
    (
        {"not": asked("due_on", "before", "2026-05-01")},
        "Due date is on or after 1 May 2026 or empty",
        "到期日不早于 2026年5月1日或为空",
    ),
    (asked("topics", "all_of", ["a", "b"]), "All of “a”, “b” are among topics", "主题包含全部“a”、“b”"),
    (asked("topics", "none_of", ["a"]), "None of “a” is among topics", "主题不包含“a”中的任何一个"),
    ({"has": "activities"}, "Has activities", "有业务活动"),
    (
        {"has_no": "activities", "where": CALLS},
        "Has no activities where (kind is Call)",
        "没有满足（类型为电话）的业务活动",
    ),
    ({"has": "activities", "at_least": 3}, "Has at least 3 activities", "有至少 3 个业务活动"),
    ({"not": {"has": "activities", "at_least": 3}}, "Has fewer than 3 activities", "业务活动少于 3 个"),
    (
        {"all": [HOT, asked("owner", "is", 7), {"has": "activities"}]},
        "Score is at least 40, owner is Chen Yu and has activities",
        "积分不低于 40，负责人为 Chen Yu，且有业务活动",
    ),
    (
        {"all": [HOT, {"any": [WET, asked("sla", "is_empty")]}]},
        "Score is at least 40 and (contact’s account’s industry is any of Water, Power or SLA due is empty)",
        "积分不低于 40，且（联系人的客户的行业为水务、电力之一，或 SLA 到期时间为空）",
    ),
    (
        {"not": {"any": [HOT, WET]}},
        "Not (score is at least 40 or contact’s account’s industry is any of Water, Power)",
        "不满足（积分不低于 40，或联系人的客户的行业为水务、电力之一）",
    ),
]


@pytest.mark.parametrize(("raw", "english", "chinese"), SAID, ids=range(len(SAID)))
def test_a_condition_reads_as_a_sentence_in_both_languages(raw, english, chinese):
    condition = parse(raw, "lead", Labelled())
    with translation.override("en"):
        assert sentence(condition, NAMES) == english
    with translation.override("zh-hans"):
        assert sentence(condition, NAMES) == chinese


def test_of_a_long_list_only_the_first_are_named():
    condition = parse(asked("score", "any_of", list(range(1, 21))), "lead", Labelled())
    with translation.override("en"):
        assert sentence(condition) == "Score is any of 1, 2, 3, 4, 5, 6, 7, 8 and 12 more"
    with translation.override("zh-hans"):
        assert sentence(condition) == "积分为 1、2、3、4、5、6、7、8 及另外 12 项之一"


def test_signs_in_a_value_are_no_placeholders():
    condition = parse(asked("title", "is", "100 %(value)s {x}"), "lead", Labelled())
    with translation.override("en"):
        assert sentence(condition) == "Title is “100 %(value)s {x}”"


CHIPS: list[tuple[Any, tuple[str, str, str], tuple[str, str, str]]] = [
    (HOT, ("Score", "at least", "40"), ("积分", "不低于", "40")),
    (
        asked("created", "within_last", {"days": 7}),
        ("Created", "in the last", "7 days"),
        ("创建时间", "在最近", "7 天"),
    ),
    (
        WET,
        ("Contact’s account’s industry", "any of", "Water, Power"),
        ("联系人的客户的行业", "属于", "水务、电力"),
    ),
    (
        asked("created", "more_than_ago", {"days": 7}),
        ("Created", "more than", "7 days ago"),
        ("创建时间", "早于", "7 天前"),
    ),
    (asked("due_on", "in_last", "month"), ("Due date", "in", "last month"), ("到期日", "在", "上个月")),
    (asked("due_on", "in_this", "day"), ("Due date", "is", "today"), ("到期日", "为", "今天")),
    (asked("score", "between", [1, 9]), ("Score", "between", "1 and 9"), ("积分", "介于", "1 与 9 之间")),
    (asked("title", "is_empty"), ("Title", "is empty", ""), ("标题", "为空", "")),
    (
        asked("topics", "any_of", ["a", "b"]),
        ("Topics", "any of", "“a”, “b”"),
        ("主题", "包含任一", "“a”、“b”"),
    ),
    ({"not": HOT}, ("Score", "not", "at least 40"), ("积分", "不满足", "不低于 40")),
    ({"has": "activities"}, ("Has", "activities", ""), ("有", "业务活动", "")),
    (
        {"has_no": "activities", "where": CALLS},
        ("Has no", "activities", "kind is Call"),
        ("没有", "业务活动", "类型为电话"),
    ),
    (
        {"any": [HOT, MINE]},
        ("", "", "Score is at least 40 or owner is me"),
        ("", "", "积分不低于 40，或负责人为我"),
    ),
]


@pytest.mark.parametrize(("raw", "english", "chinese"), CHIPS, ids=range(len(CHIPS)))
def test_each_part_becomes_a_chip(raw, english, chinese):
    condition = parse({"all": [{}, raw]}, "lead", Labelled())
    with translation.override("en"):
        assert chips(condition)[1] == Chip("/all/1", *english)
    with translation.override("zh-hans"):
        assert chips(condition)[1] == Chip("/all/1", *chinese)


def test_a_condition_that_is_no_list_of_parts_is_one_chip():
    with translation.override("en"):
        assert chips(parse(HOT, "lead", Labelled())) == [Chip("", "Score", "at least", "40")]
    assert chips(parse({}, "lead", Labelled())) == []


@settings(max_examples=200, deadline=None)
@given(raw_conditions())
def test_every_condition_can_be_said_in_both_languages(raw):
    condition = parse(raw, "lead", VOCABULARY)
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said = sentence(condition)
            assert said
            assert "%(" not in said
            assert all(chip.label or chip.value for chip in chips(condition))


def test_every_operator_has_its_words():
    for kind, ops in OPERATORS.items():
        for op in ops:
            assert operator_words(op, kind)
            assert OPPOSITES.get(op, op) in CLAUSES or kind in (Kind.TEXT_LIST, Kind.CHOICE_LIST)


@pytest.mark.parametrize(
    ("label", "told"), [("Segments", "segments"), ("E-mails", "e-mails"), ("SLA targets", "SLA targets")]
)
def test_a_label_inside_a_sentence_has_no_capital_unless_it_is_an_abbreviation(label, told):
    page = Template("{% load conditions %}No {{ what|inside }} yet")
    assert page.render(TemplateContext({"what": lazystr(label)})) == f"No {told} yet"
