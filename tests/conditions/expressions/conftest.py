"""Expressions are tried without a company: its working days are Monday to Friday."""

import pytest

from kinflow.conditions.expressions import calendar


@pytest.fixture(autouse=True)
def _no_company_calendar(monkeypatch):
    monkeypatch.setattr(calendar, "_calendars", [])
