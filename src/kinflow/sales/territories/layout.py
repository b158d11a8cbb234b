"""Where the tiles of the maps stand: equal squares in an order of our own, near where the places are; no borders."""

from functools import cache

CHINA = """
-- -- -- -- -- -- -- HL
-- -- -- -- NM BJ LN JL
XJ -- GS NX SX HE TJ --
XZ QH -- SN HA SD -- --
-- -- SC CQ HB AH JS SH
-- -- YN GZ HN JX ZJ --
-- -- -- GX GD FJ -- TW
-- -- -- HI MO HK -- --
"""
WORLD = """
-- CA -- IS -- NO SE FI EE RU -- -- -- --
-- US -- IE GB DK -- LV LT BY KZ MN -- --
-- MX -- -- NL BE DE PL UA GE UZ CN KR JP
GT CU -- PT ES FR CH CZ SK MD AZ KG -- --
CR PA -- -- -- LU IT AT HU RO TR AF -- PH
CO VE -- -- MA DZ SI HR RS BG IQ PK LA VN
EC -- -- SN -- TN LY GR CY JO IR IN TH KH
PE BR -- CI GH NG EG IL LB SA KW BD MM MY
BO PY -- -- CM SD ET YE OM AE QA LK SG ID
CL UY -- -- AO CD KE TZ -- -- -- -- -- AU
AR -- -- NA BW ZA ZM MZ MG -- -- -- -- NZ
"""
ALSO_PROVINCES = ("HK", "MO", "TW")
"""Codes that addresses give as a country, and whose tile stands among the provinces."""


@cache
def cells(text: str, before: str = "") -> tuple[tuple[str, ...], ...]:
    """The codes row by row, "" where nothing stands."""
    return tuple(
        tuple("" if code == "--" else f"{before}{code}" for code in line.split())
        for line in text.strip().splitlines()
    )


def china() -> tuple[tuple[str, ...], ...]:
    """The provinces as codes of ISO 3166-2."""
    return cells(CHINA, "CN-")


def world() -> tuple[tuple[str, ...], ...]:
    """The countries as codes of ISO 3166-1."""
    return cells(WORLD)


def tile_of(places: tuple[str, ...]) -> str:
    """The tile of a place as `places_of` gives it; "" where it is not known."""
    if not places:
        return ""
    country = places[-1]
    if country in ALSO_PROVINCES:
        return f"CN-{country}"
    return places[0] if country == "CN" else country
