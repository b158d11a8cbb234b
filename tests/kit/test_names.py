"""Names of people and companies, in Chinese and Latin script."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinflow.kit.names import company_key, display, person_key, split


@pytest.mark.parametrize(
    ("family", "first", "wanted"),
    [
        ("王", "建国", "王建国"),
        ("欧阳", "修", "欧阳修"),
        ("Smith", "John", "John Smith"),
        ("王", "David", "David 王"),
        ("", "建国", "建国"),
        ("王", "", "王"),
        ("", "", ""),
        (" Smith ", " John ", "John Smith"),
    ],
)
def test_the_surname_comes_first_where_it_is_chinese(family, first, wanted):
    assert display(family, first) == wanted


@pytest.mark.parametrize(
    ("full", "wanted"),
    [
        ("王建国", ("王", "建国")),
        ("王 建国", ("王", "建国")),
        ("欧阳修", ("欧阳", "修")),
        ("司马相如", ("司马", "相如")),
        ("欧阳", ("欧阳", "")),
        ("王", ("王", "")),
        ("约翰·史密斯", ("约翰·史密斯", "")),
        ("阿卜杜拉艾力", ("阿卜杜拉艾力", "")),
        ("田中 たろう", ("田中", "たろう")),
        ("남궁민수", ("남궁", "민수")),
        ("John Smith", ("Smith", "John")),
        ("John Q. Smith", ("Smith", "John Q.")),
        ("Smith, John", ("Smith", "John")),
        ("SMITH John", ("SMITH", "John")),
        ("JOHN SMITH", ("SMITH", "JOHN")),
        ("Ludwig van Beethoven", ("van Beethoven", "Ludwig")),
        ("Anna van der Berg", ("van der Berg", "Anna")),
        ("John Smith Jr.", ("Smith Jr.", "John")),
        ("John Smith, Jr.", ("Smith, Jr.", "John")),
        ("Madonna", ("Madonna", "")),
        ("", ("", "")),
        ("  ", ("", "")),
    ],
)
def test_a_full_name_is_taken_apart(full, wanted):
    assert split(full) == wanted


@settings(deadline=None)
@given(st.text("王建国欧阳修李", max_size=6))
def test_a_chinese_name_taken_apart_and_written_is_itself(name):
    assert display(*split(name)) == name


@settings(deadline=None)
@given(st.text("王阳欧aBé .,'·-", max_size=14) | st.text(max_size=14))
def test_nothing_of_a_name_is_lost(name):
    family, given_name = split(name)
    letters = sorted(character for character in name if character.isalnum())
    assert sorted(character for character in family + given_name if character.isalnum()) == letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("王", "建国"), ("王建国", "")),
        (("王", "建国"), ("王", "建国先生")),
        (("Müller", "Jörg"), ("MULLER", "jorg")),
        (("Smith", "John"), ("John", "Smith")),
        (("O'Neill", "Anne-Marie"), ("ONeill", "Anne Marie")),
        (("Smith", "Mr. John"), ("Smith", "John")),
    ],
)
def test_one_person_written_in_two_ways_has_one_key(one, other):
    assert person_key(*one) == person_key(*other)


def test_other_people_have_other_keys():
    assert len({person_key("王", "建国"), person_key("王", "国建"), person_key("Wang", "Jianguo")}) == 3


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("华星机械股份有限公司", "华星机械"),
        ("华星机械有限公司", "华星机械"),
        ("华星机械（上海）有限责任公司", "华星机械上海"),
        ("华星公司", "华星"),
        ("华星有限公司上海分公司", "华星上海分公司"),
        ("青松投资中心（有限合伙）", "青松投资中心"),
        ("ABC（中国）有限公司", "abc中国"),
        ("Firma-Nord GmbH & Co. KG", "firmanord"),
        ("Acme Co., Ltd.", "acme"),
        ("ACME CO.,LTD", "acme"),
        ("The Acme Company, Inc.", "acme"),
        ("Novo A/S", "novo"),
        ("Télé S.A.", "tele"),
        ("㈱山田", "山田"),
        ("Limited", "limited"),
        ("有限公司", "有限公司"),
        ("公司", "公司"),
        ("", ""),
    ],
)
def test_the_legal_form_does_not_tell_companies_apart(name, wanted):
    assert company_key(name) == wanted


@settings(deadline=None)
@given(st.text("华星有限公司股份(上)A Co.Ltd分&", max_size=14) | st.text(max_size=14))
def test_the_key_of_a_key_is_itself(name):
    assert company_key(company_key(name)) == company_key(name)
