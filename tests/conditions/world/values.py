"""The values that rows and conditions are made of: few, so that they meet, and at the edges."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from kinflow.conditions import Context

ZONES = [
    ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Africa/Cairo", "UTC")
]

NOWS = [
    datetime(2026, 3, 1, 10, 0, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 59, 999999, tzinfo=UTC),  # the last instant before summer time in Berlin
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # the hour that Berlin has twice
    datetime(2018, 11, 4, 3, 0, tzinfo=UTC),  # the day that begins at one o'clock in São Paulo
    datetime(2024, 2, 29, 16, 0, tzinfo=UTC),  # midnight after a leap day in Shanghai
    datetime(2025, 12, 31, 23, 30, tzinfo=UTC),
]

STEPS = [
    timedelta(0),
    timedelta(microseconds=1),
    timedelta(minutes=90),
    timedelta(hours=23),
    timedelta(days=1),
    timedelta(days=6, hours=20),
    timedelta(days=7),
    timedelta(days=31),
    timedelta(days=92),
    timedelta(days=366),
]

MOMENTS = sorted(
    {now + sign * step for now in NOWS for step in STEPS for sign in (1, -1)}
    | {
        datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC) - slip
        for day in (date(2026, 3, 1), date(2026, 3, 29), date(2018, 11, 4), date(2026, 1, 1))
        for zone in ZONES
        for slip in (timedelta(0), timedelta(microseconds=1))
    }
)
DATES = sorted({moment.date() for moment in MOMENTS} | {date(2024, 2, 29), date(2023, 2, 28), date(1, 1, 1)})
NUMBERS = [-1, 0, 1, 39, 40, 41, 2**31 - 1]
DECIMALS = [Decimal(n) for n in ("-1", "0", "0.001", "19.9", "19.90", "19.901", "40", "123456789.999")]
TEXTS = ["water", "Water", "WATER 100%", "wa_ter", "a\\b", "Müller", "MÜLLER", "ſtraße", "STRASSE", "K", "k"]
TEXTS += [
    "İstanbul",
    "istanbul",
    "ı",
    "泵业",
    "水泵业务",
    "ＡＢＣ",
    "ａｂｃ",
    "a.b*c",
    "[x]",
    "^a$",
    "a\nb",
    "x y#z",
    " ",
    "ΣΊΣ",
    "σίς",
]
PARTS = [
    *TEXTS,
    "%",
    "_",
    "\\",
    "wa",
    "ER",
    "泵",
    "s",
    "S",
    "ß",
    "$",
    "^",
    "b\n",
    "\n",
    ".*",
    "ab",
    "i",
    "🙂",
]
TAGS = ["vip", "new", "oem"]
TOPICS = ["water", "泵", "a,b", '"', "{}", "NULL", "Water"]

CONTEXTS = [
    Context(now=now, zone=zone, person_id=person, unit_ids=units)
    for now in NOWS
    for zone in ZONES
    for person, units in ((None, ()), (1, (1, 2)))
]
