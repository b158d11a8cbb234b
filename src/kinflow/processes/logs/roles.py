"""What a column of a table says of an event, guessed from its name (English and Chinese) and its values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _p

from kinflow.kit.problem import FieldError, Invalid
from kinflow.records.importing.evidence import fitting
from kinflow.records.importing.mapping import guess
from kinflow.records.importing.tables import Cell
from kinflow.records.importing.targets import ImportKind, Target

CASE, ACTIVITY, AT, BEGUN_AT, RESOURCE, UNIT = "case", "activity", "at", "begun_at", "resource", "unit"
TRANSITION, INSTANCE, ATTRIBUTE, AMOUNT, LEFT_OUT = "transition", "instance", "attribute", "amount", ""
LABELS: dict[str, Any] = {
    CASE: _p("role of a column", "Case"),
    ACTIVITY: _p("role of a column", "Activity"),
    AT: _p("role of a column", "Time (when it was done)"),
    BEGUN_AT: _p("role of a column", "Start time"),
    RESOURCE: _p("role of a column", "Person or resource"),
    UNIT: _p("role of a column", "Unit"),
    TRANSITION: _p("role of a column", "Transition (start, complete)"),
    INSTANCE: _p("role of a column", "Instance of the activity"),
    ATTRIBUTE: _p("role of a column", "Attribute of the case"),
    AMOUNT: _p("role of a column", "Number of the case"),
    LEFT_OUT: _p("role of a column", "Leave out"),
}
NEEDED = (CASE, ACTIVITY, AT)
MANY = (ATTRIBUTE, AMOUNT, LEFT_OUT)
_TEXT, _MOMENT = ImportKind.TEXT, ImportKind.MOMENT
TARGETS = (
    Target(
        CASE,
        _TEXT,
        "Case",
        "案例",
        tuple(
            ["case concept name", "case id", "caseid", "case", "case key", "case number", "case identifier", "trace", "trace id", "process instance", "process instance id", "instance id", "process id", "ticket id", "ticket", "ticket number", "incident", "incident number", "order id", "order number", "order no", "claim id", "application id", "patient id", "document number", "request id", "案例编号", "案例号", "案例id", "案例", "流程实例", "流程实例编号", "流程编号", "实例编号", "实例id", "实例号", "工单号", "工单编号", "订单号", "订单编号", "单号", "单据号", "单据编号", "申请号", "申请单号", "申请编号", "业务编号", "业务流水号", "流水号", "合同编号"]
        ),
    ),
    Target(
        ACTIVITY,
        _TEXT,
        "Activity",
        "活动",
        tuple(
            ["concept name", "activity", "activity name", "activity id", "event", "event name", "event type", "task", "task name", "step", "step name", "action", "operation", "work step", "milestone", "活动", "活动名称", "步骤", "步骤名称", "环节", "环节名称", "节点", "节点名称", "操作", "操作名称", "操作类型", "任务", "任务名称", "事件", "事件名称", "事件类型", "动作", "工序", "工序名称", "处理环节", "审批节点"]
        ),
    ),
    Target(
        AT,
        _MOMENT,
        "Time",
        "时间",
        tuple(
            ["time timestamp", "timestamp", "complete timestamp", "completion timestamp", "complete time", "completed at", "completion time", "end timestamp", "end time", "ended at", "finish time", "finished at", "time", "event time", "datetime", "date time", "occurred at", "event timestamp", "event date", "date", "created at", "时间戳", "时间", "完成时间", "结束时间", "发生时间", "操作时间", "处理时间", "办理时间", "事件时间", "日期时间", "完成日期", "结束日期", "办结时间", "审批时间", "日期"]
        ),
    ),
    Target(
        BEGUN_AT,
        _MOMENT,
        "Start time",
        "开始时间",
        tuple(
            ["start timestamp", "time start", "start time", "started at", "begin time", "begun at", "begin timestamp", "start date", "start", "begin", "start datetime", "开始时间", "起始时间", "开始日期", "开工时间", "接收时间", "到达时间", "领取时间", "受理时间", "start time stamp"]
        ),
    ),
    Target(
        RESOURCE,
        _TEXT,
        "Resource",
        "人员",
        tuple(
            ["org resource", "resource", "user", "user name", "username", "user id", "performer", "agent", "employee", "employee id", "worker", "operator", "originator", "owner", "assignee", "handler", "executed by", "performed by", "staff", "person", "actor", "completed by", "人员", "资源", "处理人", "处理人员", "操作人", "操作员", "操作人员", "执行人", "执行者", "办理人", "经办人", "员工", "员工编号", "工号", "审批人", "责任人", "负责人", "用户", "用户名"]
        ),
    ),
    Target(
        UNIT,
        _TEXT,
        "Unit",
        "部门",
        tuple(
            ["org group", "group", "department", "dept", "team", "unit", "org unit", "organisational unit", "organizational unit", "organization", "workgroup", "work group", "org role", "role", "assignment group", "部门", "部门名称", "单元", "组织单元", "组织", "机构", "科室", "班组", "团队", "小组", "所属部门", "处理部门", "岗位", "角色"]
        ),
    ),
    Target(
        TRANSITION,
        _TEXT,
        "Transition",
        "生命周期",
        tuple(
            ["lifecycle transition", "lifecycle", "transition", "event lifecycle", "生命周期", "状态转换", "生命周期状态"]
        ),
    ),
    Target(
        INSTANCE,
        _TEXT,
        "Instance",
        "活动实例",
        tuple(["concept instance", "activity instance", "activity instance id", "活动实例", "活动实例编号"]),
    ),
)
_XES = {
    "case:concept:name": CASE,
    "concept:name": ACTIVITY,
    "time:timestamp": AT,
    "start_timestamp": BEGUN_AT,
    "org:resource": RESOURCE,
    "org:group": UNIT,
    "lifecycle:transition": TRANSITION,
    "concept:instance": INSTANCE,
}
_BY_CONTENT = gettext_lazy("The values look like it.")
_ACTIVITIES = (
    0.5  # at most this share of the rows has activities of its own, in a column that is one by its values
)


@dataclass(frozen=True)
class Guessed:
    """What a column is taken for, and why, in words."""

    header: str
    role: str
    reason: str = ""


def guessed(headers: Sequence[str], samples: Sequence[Sequence[Cell]]) -> list[Guessed]:
    """The likeliest role of each column. `samples` holds some values of each, in the order of the headers."""
    roles: dict[int, Guessed] = {}
    for position, header in enumerate(headers):
        if (own := _of_ours(header)) and own not in {
            one.role for one in roles.values() if one.role not in MANY
        }:
            roles[position] = Guessed(header, own, _("This is its name in XES."))
    taken = {one.role for one in roles.values()}
    targets = [target for target in TARGETS if target.name not in taken]
    for position, one in enumerate(guess(headers, samples, targets).guesses):
        if position not in roles and one.target in LABELS and one.target:
            roles[position] = Guessed(one.header, one.target, one.reason)
    _add_by_content(headers, samples, roles)
    return [
        roles.get(position) or Guessed(header, _kind_of(samples[position]))
        for position, header in enumerate(headers)
    ]


def _of_ours(header: str) -> str:
    """The role that a header says by itself: a key of XES, or of an exported log (`case:region`); "" for others."""
    if header in _XES:
        return _XES[header]
    if re.match(r"case:.", header):
        return ATTRIBUTE
    return AMOUNT if re.match(r"amount:.", header) else ""


def _kind_of(values: Sequence[Cell]) -> str:
    """A column that is nothing special: a number or a text of the case, or nothing where it is empty."""
    told = [str(value).strip() for value in values if str(value).strip()]
    if not told:
        return LEFT_OUT
    return AMOUNT if all(map(_is_number, told)) else ATTRIBUTE


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?", text))


def _add_by_content(
    headers: Sequence[str], samples: Sequence[Sequence[Cell]], roles: dict[int, Guessed]
) -> None:
    """Find columns for what no name tells: times by their shape, activities and cases by how values come again."""
    taken = {one.role for one in roles.values()}
    free = [position for position in range(len(headers)) if position not in roles]
    dated = [position for position in free if (fitting(_MOMENT, samples[position]) or 0) >= 0.9]
    if AT not in taken and dated:
        roles[dated[0]] = Guessed(headers[dated[0]], AT, str(_BY_CONTENT))
    texts = [position for position in free if position not in dated and position not in roles]
    spread = {position: _spread(samples[position]) for position in texts}
    if ACTIVITY not in taken:
        fitting_ones = [
            p
            for p in texts
            if 0 < spread[p] <= _ACTIVITIES and _varies(samples[p]) and not _is_all_numbers(samples[p])
        ]
        if fitting_ones:
            best = max(fitting_ones, key=lambda p: (len(set(map(str, samples[p]))), -p))
            roles[best] = Guessed(headers[best], ACTIVITY, str(_BY_CONTENT))
            texts.remove(best)
    if CASE not in taken:
        fitting_ones = [p for p in texts if p not in roles and _varies(samples[p]) and 0 < spread[p] < 0.95]
        if fitting_ones:
            best = max(fitting_ones, key=lambda p: (spread[p], -p))
            roles[best] = Guessed(headers[best], CASE, str(_BY_CONTENT))


def _spread(values: Sequence[Cell]) -> float:
    """How many different values there are, as a share of all; 0 for a column with blanks."""
    told = [str(value).strip() for value in values]
    if not told or not all(told):
        return 0.0
    return len(set(told)) / len(told)


def _varies(values: Sequence[Cell]) -> bool:
    return len(set(map(str, values))) > 1


def _is_all_numbers(values: Sequence[Cell]) -> bool:
    return all(_is_number(str(value).strip()) for value in values)


def checked(headers: Sequence[str], roles: Mapping[str, Any]) -> dict[str, str]:
    """The roles by header, complete. Raises Invalid for unknown headers or roles, doubles, and what is lacking."""
    known = {header: str(roles.get(header, LEFT_OUT)) for header in headers}
    errors = [
        FieldError(f"/columns/{header}", _("There is no such column."))
        for header in roles
        if header not in known
    ]
    errors += [
        FieldError(f"/columns/{header}", _("A column cannot be this."))
        for header, role in known.items()
        if role not in LABELS
    ]
    used: dict[str, str] = {}
    for header, role in known.items():
        if role in used and role not in MANY:
            errors.append(
                FieldError(
                    f"/columns/{header}",
                    _("“%(first)s” is already this: only one column can be.") % {"first": used[role]},
                )
            )
        used.setdefault(role, header)
    errors += [
        FieldError(
            "/columns", _("No column is this yet, and a log needs it: %(role)s.") % {"role": LABELS[role]}
        )
        for role in NEEDED
        if role not in used
    ]
    if errors:
        raise Invalid(errors=errors)
    return known
