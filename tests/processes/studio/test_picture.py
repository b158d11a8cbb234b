"""What the map draws."""

import json
from typing import Any

import pytest
from django.utils import translation

from kinflow.processes.measuring.overview import overview
from kinflow.processes.studio.picture import OVERLAYS, Picture, picture_of
from kinflow.processes.studio.spans import count, fine_span, share, span
from tests.processes.given import log_of

LOG = log_of(
    [
        ("one", "ask", 0, None),
        ("one", "answer", 10, None),
        ("two", "ask", 0, None),
        ("two", "answer", 30, None),
        ("three", "answer", 5, None),
    ],
    begun=[0, 9, 0, 29, 4],
)


def drawn() -> Picture:
    return picture_of(
        LOG, overview(LOG), str.title, lambda kind, value: f"/cases/?{kind}={value}", "Questions"
    )


def of(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return next(each for each in rows if each["key"] == key)


def test_arrows_have_their_numbers_in_words_for_every_overlay() -> None:
    arrow = of(drawn().data["arrows"], "ask>answer")
    assert arrow["values"] == {
        "frequency": 2,
        "median": 68_400,
        "mean": 68_400,
        "p90": 97_200,
        "total": 136_800,
    }
    assert arrow["words"] == {
        "frequency": "2",
        "median": "2 · 19 h",
        "mean": "2 · 19 h",
        "p90": "2 · 27 h",
        "total": "2 · 38 h",
    }
    assert arrow["url"] == "/cases/?directly=ask>answer"


def test_cases_begin_and_end_somewhere() -> None:
    arrows = drawn().data["arrows"]
    assert of(arrows, ">answer")["url"] == "/cases/?begins=answer"
    assert of(arrows, "answer>")["url"] == "/cases/?ends=answer"
    assert of(arrows, "answer>")["count"] == 3


def test_steps_flow_from_first_to_last_and_tell_how_long_their_work_takes() -> None:
    steps = drawn().data["steps"]
    assert [each["label"] for each in steps] == ["Ask", "Answer"]
    assert (steps[0]["words"]["median"], steps[1]["words"]["median"]) == ("2", "3 · 1.0 h")


def test_where_the_time_goes_comes_first() -> None:
    assert [each["key"] for each in drawn().slowest] == ["ask>answer"]


def test_the_picture_can_be_sent_as_it_is() -> None:
    data = json.loads(json.dumps(drawn().data))
    assert set(data["titles"]) == set(OVERLAYS)
    last = data["levels"][-1]
    assert (last["steps"], last["arrows"], last["cases"], last["moves"]) == (2, 4, "100 %", "100 %")
    assert (last["most"]["median"], last["most_words"]["median"]) == (68_400, "19 h")


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (None, "–", "–"),  # noqa: RUF001
        (float("nan"), "–", "–"),  # noqa: RUF001
        (0.2, "at once", "即刻"),
        (59, "59 s", "59 秒"),
        (90, "1.5 min", "1.5 分钟"),
        (33_120, "9.2 h", "9.2 小时"),
        (250_560, "2.9 d", "2.9 天"),
        (86_400 * 1_234, "1,234 d", "1,234 天"),
    ],
)
def test_times_are_told_in_the_largest_unit_that_fits(
    seconds: float | None, english: str, chinese: str
) -> None:
    with translation.override("en"):
        assert span(seconds) == english
    with translation.override("zh-hans"):
        assert span(seconds) == chinese


def test_shares_are_never_rounded_to_all_or_none() -> None:
    with translation.override("en"):
        told = [share(part) for part in (0, 0.00001, 0.873, 0.99999, 1)]
        assert told == ["0 %", "< 0.1 %", "87.3 %", "> 99.9 %", "100 %"]
        assert count(1_204) == "1,204"


def test_times_beside_others_like_them_have_three_digits():
    hours = (0.0333, 0.9, 9.994, 9.996, 47.96, 240, 2399.0, 2400)
    assert [fine_span(hour * 3_600) for hour in hours] == [
        "2.00 min",
        "54.0 min",
        "9.99 h",
        "10.0 h",
        "48.0 h",
        "10.0 d",
        "100 d",
        "100 d",
    ]
    assert fine_span(None) == span(None)
