"""Provinces by the names that people and files give them."""

import pytest

from kinflow.automation.criteria.items import Item
from kinflow.kit.provinces import province_code


@pytest.mark.parametrize(
    ("country", "given", "code"),
    [
        ("CN", "浙江省", "CN-ZJ"),
        ("CN", "浙江", "CN-ZJ"),
        ("cn", "Zhejiang Province", "CN-ZJ"),
        ("CN", "ZJ", "CN-ZJ"),
        ("CN", "cn-zj", "CN-ZJ"),
        ("", "上海市", "CN-SH"),
        ("CN", "Inner Mongolia", "CN-NM"),
        ("CN", "广西壮族自治区", "CN-GX"),
        ("DE", "BY", "DE-BY"),
        ("", "Bavaria", ""),
        ("CN", "", ""),
        ("CN", "省", "CN-省"),
    ],
)
def test_a_province_is_found_by_its_names(country, given, code):
    assert province_code(country, given) == code


def test_an_item_knows_its_places_from_narrow_to_wide():
    assert Item(1, country="CN", province="浙江省").places == ("CN-ZJ", "CN")
    assert Item(1, province="上海").places == ("CN-SH", "CN")
    assert Item(1, country="de").places == ("DE",)
    assert Item(1).places == ()
