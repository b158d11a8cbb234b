"""The customers and their people."""

import re
from collections import Counter

from kinflow.demo.engine.chance import Chance, Streams
from kinflow.demo.market.names import chinese_name, foreign_name, plain
from kinflow.demo.market.prospects import Market, market_of
from kinflow.demo.words.chinese_names import WELL_KNOWN
from kinflow.demo.words.foreign_names import NAMES

CHINESE = re.compile(r"^[\u4e00-\u9fff]+$")


def market() -> Market:
    return market_of(Streams(7), companies=1200, people=2800, strangers=200)


def test_surnames_come_as_often_as_in_china() -> None:
    chance = Chance(1)
    found = Counter(chinese_name(chance).family for _name in range(20_000))
    assert [name for name, _count in found.most_common(3)] == ["王", "李", "张"] or found["王"] > 1200
    assert 0.05 < found["刘"] / 20_000 < 0.08
    assert len(found) > 100


def test_nobody_is_named_like_somebody_from_the_news() -> None:
    chance = Chance(1)
    names = {name.family + name.given for name in (chinese_name(chance) for _name in range(20_000))}
    assert not names & WELL_KNOWN
    assert all(CHINESE.match(name) for name in names)


def test_names_of_all_cultures_can_stand_in_an_address() -> None:
    chance = Chance(1)
    for culture in NAMES:
        for _name in range(40):
            name = foreign_name(chance, culture)
            assert all(part.isascii() and part for part in name.latin), name


def test_special_letters_become_plain_ones() -> None:
    assert [plain(word) for word in ("Müller", "Łódź", "Lv", "Şahin", "Wiśniewski")] == [
        "muller",
        "lodz",
        "lv",
        "sahin",
        "wisniewski",
    ]


def test_so_many_companies_and_people_with_names_of_their_own() -> None:
    found = market()
    companies = [prospect.company for prospect in found.prospects]
    assert len({company.name for company in companies}) == 1200
    assert len({company.domain for company in companies}) == 1200
    assert sum(len(prospect.people) for prospect in found.prospects) + len(found.strangers) == 2800


def test_chinese_companies_have_chinese_names_addresses_and_families_that_suit_their_trade() -> None:
    for prospect in market().prospects:
        if prospect.home:
            assert CHINESE.match(prospect.company.name)
            assert re.match(r"^[\u4e00-\u9fff]+\d+号$", prospect.company.address)
        if prospect.company.industry == "water":
            assert set(prospect.families) <= {"sewage", "metering", "booster", "slurry"}


def test_nobody_real_can_be_called_or_written_to() -> None:
    found = market()
    people = [person for prospect in found.prospects for person in prospect.people] + found.strangers
    assert all(not person.email or person.email.endswith(".example") for person in people)
    assert all(not person.phone or person.phone.startswith("+86 161 00") for person in people)
    for prospect in found.prospects:
        if prospect.home:
            assert re.match(r"^\+86 \d{2,3} 1\d{3} \d{4}$", prospect.company.phone)
