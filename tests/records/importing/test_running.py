"""Rows become records: the right ones go in, the wrong ones are kept with their reasons, nobody is doubled."""

import pytest

from kinflow.customers.models import Account, Contact, ContactPoint
from kinflow.eventlog.models import Entry
from kinflow.records.importing.models import ImportedRecord, ImportReject
from kinflow.sales.models import Lead

from ... import factories
from .runs import imported

pytestmark = pytest.mark.django_db

LEADS = """\
姓名,公司名称,手机号码,电子邮箱,需求描述,线索来源,颜色
王建国,宁波海天机械有限公司,138 0013 8000,wang@haitian.example,两台锅炉给水泵,展会,红
李梅,宁波海天机械,13900139000,li@haitian.example,备件,百度,蓝
王建国,宁波海天机械有限公司,138 0013 8000,WANG@haitian.example,还要一台,展会,绿
赵强,,,not an address,水泵,展会,黄
"""


def test_each_row_is_a_lead_of_one_contact_and_account():
    run = imported(LEADS)
    assert (run.state, run.read, run.created, run.rejected, run.matched) == ("done", 4, 3, 1, 1)
    assert run.made == {"account": 1, "contact": 2, "lead": 3}
    assert sorted(Contact.objects.values_list("family_name", "phone")) == [
        ("李", "+8613900139000"),
        ("王", "+8613800138000"),
    ]
    assert Account.objects.get().name == "宁波海天机械有限公司"
    first = Lead.objects.order_by("pk").first()
    assert (first.need, first.source, first.account.name) == (
        "两台锅炉给水泵",
        "fair",
        "宁波海天机械有限公司",
    )
    assert first.notes == "颜色: 红"


def test_a_wrong_row_is_kept_with_its_reason_and_nothing_of_it_goes_in():
    run = imported(LEADS)
    reject = ImportReject.objects.get(run=run)
    assert reject.number == 5
    assert reject.cells[0] == "赵强"
    assert "not an address" in reject.reason
    assert not Contact.objects.filter(family_name="赵").exists()


def test_the_log_tells_of_each_record_as_if_it_were_made_by_hand():
    run = imported(LEADS)
    names = sorted(Entry.objects.filter(actor_kind="import").values_list("name", flat=True))
    assert names.count("sales.lead_captured") == 3
    assert names.count("customers.contact_added") == 2
    assert names.count("customers.account_added") == 1
    entry = Entry.objects.filter(name="sales.lead_captured").first()
    cause = Entry.objects.get(pk=entry.caused_by)
    assert cause.name == "records.import_started"
    assert entry.actor_id == str(run.pk)


def test_who_is_known_by_mail_phone_or_name_and_company_is_not_doubled():
    firm = factories.account(name="宁波海天机械有限公司")
    by_mail = factories.contact("王", "建国", email="wang@haitian.example")
    by_phone = factories.contact("李", "梅", phone="139 0013 9000")
    by_name = factories.contact("周", "敏", account=firm)
    run = imported(LEADS + "周敏,宁波海天机械有限公司,,,一台,展会,黑\n")
    assert run.made == {"lead": 4}
    assert Contact.objects.count() == 3
    assert set(Lead.objects.values_list("contact_id", flat=True)) == {by_mail.pk, by_phone.pk, by_name.pk}


def test_a_second_import_of_the_same_file_doubles_nobody():
    imported(LEADS)
    run = imported(LEADS)
    assert run.made == {"lead": 3}
    assert (Contact.objects.count(), Account.objects.count()) == (2, 1)


def test_several_ways_to_reach_somebody_are_all_kept():
    imported("Name,E-mail,Phone,WeChat\nWang Wei,a@x.example;b@x.example,+86 138 0013 8000,ww1\n", "contact")
    points = ContactPoint.objects.order_by("pk").values_list("kind", "value", "is_main")
    assert list(points) == [
        ("email", "a@x.example", True),
        ("email", "b@x.example", False),
        ("phone", "+8613800138000", True),
        ("wechat", "ww1", True),
    ]


def test_accounts_are_imported_with_their_facts_and_known_ones_left_alone():
    factories.account(name="Firma Nord GmbH")
    run = imported(
        "Account Name,Industry,Country,Phone,Employees\n"
        "Firma-Nord,Chemicals,Germany,,12\nSüd AG,Chemicals,Germany,+49 30 901820,250\n",
        "account",
    )
    assert (run.created, run.matched, run.rejected) == (1, 1, 0)
    south = Account.objects.get(name="Süd AG")
    assert (south.industry, south.country, south.phone, south.employees) == (
        "chemical",
        "DE",
        "+4930901820",
        250,
    )


def test_a_lead_without_name_or_address_gets_one_that_can_be_looked_up():
    imported("Lead Number,Lead Source\n660737,Google\n")
    assert Contact.objects.get().family_name == "Unnamed 660737"


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("path", "rows"),
    [("leads/zoho_leads.csv", 3900), ("sales/x_education_leads_train.csv", 6408)],
)
def test_real_files_of_leads_need_no_mapping(real_data, path, rows):
    run = imported(real_data(path))
    assert (run.state, run.read, run.created + run.rejected) == ("done", rows, rows)
    assert run.rejected <= rows * 0.01, [r.reason for r in ImportReject.objects.filter(run=run)[:5]]
    assert Lead.objects.count() == run.created
    assert ImportedRecord.objects.filter(run=run, kind="lead").count() == run.created
