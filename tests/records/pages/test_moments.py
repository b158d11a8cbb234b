"""Moments in few words: near ones by their distance, others by their day as the reader's language writes it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from kinflow.records.pages.moments import distance

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "english", "chinese"),
    [
        (timedelta(minutes=5), "5 min ago", "5 分钟前"),
        (timedelta(days=3), "3 days ago", "3 天前"),
        (timedelta(days=40), "18 Oct", "10月18日"),
        (timedelta(days=-20), "17 Dec", "12月17日"),
        (timedelta(days=400), "23 Oct 2025", "2025年10月23日"),
    ],
)
def test_a_moment_is_told_as_people_write_it(ago, english, chinese):
    with translation.override("en"):
        assert distance(NOW - ago, NOW) == english
    with translation.override("zh-hans"):
        assert distance(NOW - ago, NOW) == chinese
