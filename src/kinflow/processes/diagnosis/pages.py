"""Findings on screen: the list of a process, worst first, and one with its evidence, moves and cases."""

from itertools import pairwise
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from kinflow.kit.problem import Invalid
from kinflow.records.access import may
from kinflow.web.doors import page

from ..simulation.whatif.choosing_pages import can_prepare, tries_of
from ..studio.pages.files import csv_file
from ..studio.pages.frame import frame_of
from ..studio.records import record_of
from ..studio.spans import count
from ..studio.subject import Subject, subject_of
from .actions import dismiss_finding, take_up_finding
from .borders_told import borders_of, cause_names
from .found import Amount
from .models import Diagnosis
from .telling import ToldFinding, finding_of, findings_of, gain_told, reckoned
from .words.saying import between, cases_of, hours, money_of

TAB = "findings"
SHOWN_CASES = 30


@page
def findings_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """What is wrong with a process, worst first; what somebody dismissed stands below."""
    subject = subject_of(request, key)
    found = findings_of(subject.process, subject.by)
    diagnosis = Diagnosis.objects.filter(process=subject.process).defer("findings").first()
    context = {
        "findings": [each for each in found if each.dismissal is None],
        "dismissed": [each for each in found if each.dismissal is not None],
        "diagnosis": diagnosis if diagnosis and diagnosis.state else None,
        "has_events": subject.whole.events > 0,
        "gain": gain_told(subject.process, subject.by),
        "reckoned": reckoned(subject.process),
        "borders": borders_of(subject.process, subject.by),
        "causes": cause_names(),
    }
    return render(request, "processes/findings/findings.html", _frame(subject) | context)


def _frame(subject: Subject) -> dict[str, Any]:
    """The frame of the process's tabs, without the filters: findings are those of the whole log."""
    return frame_of(subject, TAB) | {"filter_form": None}


@page
def finding_page(request: HttpRequest, key: str, finding: str) -> HttpResponseBase:
    """One finding; posted to, it is dismissed with a reason or taken up again."""
    subject = subject_of(request, key)
    fault = ""
    if request.method == "POST":
        try:
            _decide(request, subject, finding)
            return HttpResponseRedirect(request.get_full_path())
        except Invalid as problem:
            fault = problem.errors[0].message
    found = finding_of(subject.process, finding, subject.by)
    others = [each for each in findings_of(subject.process, subject.by) if each.dismissal is None]
    before, after = _neighbours(others, found)
    context = {
        "found": found,
        "sizes": list(_sizes(found)),
        "reckoned": reckoned(subject.process),
        "cases": [_case(subject, case) for case in found.cases[:SHOWN_CASES]],
        "case_count": count(found.kept.case_count),
        "has_more": found.kept.case_count > len(found.cases),
        "tries": tries_of(subject, found),
        "can_prepare": can_prepare(subject),
        "before": before,
        "after": after,
        "may_dismiss": may(subject.by, "processes.dismiss_finding", subject.process),
        "hides_people": not found.sees_people
        and any(exhibit.per_person for exhibit in found.finding.evidence.exhibits),
        "fault": fault,
        "reason": request.POST.get("reason", ""),
    }
    return render(
        request, "processes/findings/finding.html", _frame(subject) | context, status=422 if fault else 200
    )


def _decide(request: HttpRequest, subject: Subject, finding: str) -> None:
    if request.POST.get("do") == "take_up":
        take_up_finding(process=subject.process, finding=finding, by=subject.by)
    else:
        reason = request.POST.get("reason", "")
        dismiss_finding(process=subject.process, finding=finding, reason=reason, by=subject.by)


def _neighbours(
    others: list[ToldFinding], found: ToldFinding
) -> tuple[ToldFinding | None, ToldFinding | None]:
    """The findings before and after one in the list."""
    for one, two in pairwise([None, *others, None]):
        if two is not None and two.key == found.key:
            following = others.index(two) + 1
            return one, others[following] if following < len(others) else None
    return None, None


def _sizes(found: ToldFinding) -> list[dict[str, str]]:
    """What a finding costs in a month: numbers with their intervals."""
    size, rows = found.finding.size, []
    if size.money is not None and size.money.value >= 1:
        rows.append(_row(_("Money a month"), size.money, lambda value: money_of(value, found.currency)))
    if size.waiting_hours.value >= 0.05:
        rows.append(_row(_("Hours of waiting a month"), size.waiting_hours, hours))
    if size.working_hours.value >= 0.05:
        rows.append(_row(_("Hours of work a month"), size.working_hours, hours))
    return [*rows, _row(_("Cases a month"), size.cases, cases_of)]


def _row(label: str, amount: Amount, say: Any) -> dict[str, str]:
    return {"label": label, "value": say(amount.value), "between": between(amount, say)}


def _case(subject: Subject, case: str) -> dict[str, Any]:
    place = f"/processes/{subject.process.key}/cases/{quote(case, safe='')}/"
    return {"label": case, "url": place, "record": record_of(subject.process, case)}


@page
def finding_csv(request: HttpRequest, key: str, finding: str) -> HttpResponseBase:
    """The cases behind a finding as a file, worst first."""
    subject = subject_of(request, key)
    found = finding_of(subject.process, finding, subject.by)
    return csv_file(
        f"{subject.process.key}-{found.finding.kind}.csv", ("case",), ([case] for case in found.cases)
    )
