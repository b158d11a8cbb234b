"""Columns find their fields by name and by what they hold, in English and Chinese, from any of the usual
systems."""

import json

import pytest

from kinflow.kit.problem import Invalid
from kinflow.records.importing.mapping import IGNORED, KEPT, Mapping, guess, plain
from kinflow.records.importing.reading import open_table
from kinflow.records.importing.synonyms import RECORDS, targets_of


def mapped(record: str, *headers: str) -> dict[str, str]:
    """By header, the field guessed from names alone."""
    return guess(headers, [[] for _ in headers], targets_of(record)).as_json()


def fields(mapping: Mapping) -> dict[str, str]:
    """Only the columns that found a field."""
    return {one.header: one.target for one in mapping.guesses if one.target not in (KEPT, IGNORED)}


@pytest.mark.parametrize(
    ("record", "given", "wanted"),
    [
        (
            "lead",
            "姓名 公司名称 手机号码 电子邮箱 线索来源 线索状态 负责人 创建时间 省份 城市 详细地址 需求描述"
            " 备注 职务 意向产品",
            "full_name company mobile email source status owner created_at province city address need notes"
            " title product",
        ),
        (
            "contact",
            "姓 名 客户名称 职位 部门 座机 手机 邮箱 微信号 QQ号 国家 邮编",
            "family_name given_name company title department phone mobile email wechat qq country postcode",
        ),
        (
            "account",
            "客户名称 客户编号 所属行业 客户级别 网址 员工人数 年营业额 上级客户 公司地址 联系电话",
            "name external_id industry grade website employees annual_revenue parent address phone",
        ),
        (
            "opportunity",
            "商机名称 客户名称 销售阶段 预计金额 币种 赢率 预计成交日期 负责人 输单原因",
            "name account stage amount currency probability closes_on owner reason",
        ),
        (
            "case",
            "工单编号 主题 问题描述 优先级 处理状态 报修人 截止时间",
            "external_id subject description priority status contact due_at",
        ),
        (
            "product",
            "产品编码 产品名称 产品类别 单价 币种 计量单位 是否启用",
            "code name family price currency unit_of_measure is_active",
        ),
        (
            "activity",
            "活动类型 主题 开始时间 结束时间 跟进结果 跟进人",
            "kind subject started_at ended_at outcome owner",
        ),
    ],
)
def test_chinese_headers_are_known(record, given, wanted):
    headers = given.split()
    assert mapped(record, *headers) == dict(zip(headers, wanted.split(), strict=True))


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("E-Mail Address*", "email"),
        ("e_mail", "email"),
        ("Email (Work)", "email"),
        ("LastName", "family_name"),
        ("last_name__c", "family_name"),
        ("Phone Number (required)", "phone"),
        ("Company / Account", "company"),
        ("Compnay Name", "company"),
        ("Lead Status", "status"),
        ("客户公司名称（必填）", "company"),
        ("Created Date", "created_at"),
        ("Zip/Postal Code", "postcode"),
        ("Email Opt Out", "no_email"),
    ],
)
def test_headers_are_known_however_they_are_decorated(header, field):
    assert mapped("lead", header) == {header: field}


@pytest.mark.parametrize(
    "header",
    [
        "Modified By",
        "Account Id",
        "Owner's birthday",
        "Days to Closed",
        "x",
        "",
        "Total Time Spent on Website",
    ],
)
def test_headers_that_mean_something_else_are_not_forced(header):
    assert mapped("lead", header)[header] == IGNORED


def test_values_speak_where_the_header_does_not():
    columns = [["a@b.cn", "c@d.cn"], ["13800138000", "010-12345678"], ["www.a.cn", "b.com"], ["x", "y"]]
    found = guess(["A", "B", "C", "D"], columns, targets_of("lead"))
    assert [one.target for one in found.guesses] == ["email", "phone", "website", KEPT]
    assert found.guesses[0].reason == "The values look like “E-mail”."
    assert all(one.confidence < 0.8 for one in found.guesses)


def test_values_that_do_not_fit_take_a_name_away():
    found = guess(["Email", "Score"], [["yes", "no"] * 5, ["hot", "cold"] * 5], targets_of("lead"))
    assert [one.target for one in found.guesses] == [KEPT, KEPT]


def test_a_field_takes_one_column_unless_it_may_take_more():
    found = guess(["Name", "Full Name", "Email", "Other Email"], [[]] * 4, targets_of("lead"))
    assert [one.target for one in found.guesses] == ["full_name", IGNORED, "email", "email"]


def test_two_equally_weak_claims_cancel_each_other():
    headers = ["Activity Score", "Profile Score"]
    assert set(mapped("lead", *headers).values()) == {IGNORED}


def test_columns_that_say_nothing_are_left_out_and_the_others_kept():
    found = guess(["Magazine", "Shoe size"], [["No"] * 20, ["41", "42"] * 10], targets_of("lead"))
    assert [one.target for one in found.guesses] == [IGNORED, KEPT]
    assert found.kept == [1]


def test_the_columns_added_to_a_file_of_rejects_are_left_out():
    assert mapped("lead", "Row", "Reason for rejection", "拒绝原因") == dict.fromkeys(
        ("Row", "Reason for rejection", "拒绝原因"), IGNORED
    )


def test_a_person_decides_over_a_guess():
    mapping = guess(["Who", "Email"], [["x"], ["a@b.cn"]], targets_of("lead"))
    changed = mapping.changed({"Who": "full_name"}, targets_of("lead"))
    assert changed.as_json() == {"Who": "full_name", "Email": "email"}
    assert changed.columns == {"full_name": [0], "email": [1]}


@pytest.mark.parametrize(
    ("choices", "pointer"),
    [
        ({"Nobody": "email"}, "/map/Nobody"),
        ({"Name": "nothing"}, "/map/Name"),
        ({"Who": "full_name"}, "/map/Who"),
    ],
)
def test_impossible_decisions_are_refused_with_their_place(choices, pointer):
    mapping = guess(["Name", "Who"], [[], []], targets_of("lead"))
    with pytest.raises(Invalid) as caught:
        mapping.changed(choices, targets_of("lead"))
    assert [error.pointer for error in caught.value.errors] == [pointer]


@pytest.mark.parametrize("record", RECORDS)
def test_every_field_is_found_by_its_own_names(record):
    for target in targets_of(record):
        for header in (target.name, target.label_en, target.label_zh):
            assert mapped(record, header)[header] == target.name


@pytest.mark.parametrize("record", RECORDS)
def test_no_name_stands_twice_for_one_field(record):
    for target in targets_of(record):
        names = [plain(name) for name in target.synonyms]
        assert len(names) == len(set(names)), target.name


@pytest.mark.real_data
def test_leads_from_zoho_need_no_help(real_data):
    with open_table(real_data("leads/zoho_leads.csv")) as table:
        found = guess(table.headers, table.columns(), targets_of("lead"))
        assert table.count() == 3_900
    assert fields(found) == {
        "LEADID": "external_id",
        "Last Name": "family_name",
        "Company": "company",
        "Lead Owner": "owner",
        "Email": "email",
        "Mobile": "mobile",
        "Website": "website",
        "Industry": "industry",
        "Lead Source": "source",
        "Lead Status": "status",
        "Created Time": "created_at",
        "CONVERTED": "converted",
    }


@pytest.mark.real_data
def test_leads_of_x_education_need_no_help(real_data):
    with open_table(real_data("sales/x_education_leads_train.csv")) as table:
        found = guess(table.headers, table.columns(), targets_of("lead"))
        assert table.count() == 6_408
    assert fields(found) == {
        "Lead Number": "external_id",
        "Lead Origin": "source_detail",
        "Lead Source": "source",
        "Do Not Email": "no_email",
        "Do Not Call": "no_call",
        "Converted": "converted",
        "Country": "country",
        "Lead Quality": "rating",
        "City": "city",
    }
    assert {"Specialization", "Last Activity", "Tags"} <= {found.guesses[at].header for at in found.kept}


VENDORS = {
    "person_import": (
        "lead",
        "full_name given_name family_name phone email email company address need amount - - notes product - -"
        " - currency",
    ),
    "hubspot_contacts": (
        "contact",
        "external_id given_name family_name email phone - created_at company country owner",
    ),
    "hubspot_deals": ("opportunity", "external_id name stage amount owner - - source"),
    "salesforce_opportunity_report": (
        "opportunity",
        "province owner account name stage - currency amount - closes_on notes kind",
    ),
    "salesforce_leads": (
        "lead",
        "external_id given_name family_name email phone company source status owner",
    ),
}


@pytest.mark.real_data
@pytest.mark.parametrize("export", VENDORS)
def test_exports_of_pipedrive_hubspot_and_salesforce_need_no_help(real_data, export):
    headers = json.loads(real_data("crm_exports/vendor_headers.json").read_text("utf-8"))[export]
    record, wanted = VENDORS[export]
    found = guess(headers, [[] for _ in headers], targets_of(record))
    assert [one.target or "-" for one in found.guesses] == wanted.split()
