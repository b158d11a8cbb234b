"""Real exports come in without a hand-made mapping: a company's deals, a service desk's incidents, a CRM's tables."""

import csv
import gzip
from collections import Counter
from decimal import Decimal
from itertools import islice

import pytest
from django.utils.timezone import localtime

from kinflow.catalogue.models import Product
from kinflow.customers.models import Account, Contact
from kinflow.eventlog.models import Entry
from kinflow.sales.models import Opportunity
from kinflow.service.models import Case

from .runs import imported

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]


def test_a_company_with_its_products_and_deals_comes_in_file_by_file(real_data):
    folder = real_data("sales/maven_crm")
    assert imported(folder / "accounts.csv", "account").made == {"account": 85}
    assert imported(folder / "products.csv", "product").made == {"product": 7}
    run = imported(folder / "sales_pipeline.csv", "opportunity")
    assert (run.state, run.read, run.rejected) == ("done", 8_800, 1_425)
    assert run.made == {"opportunity": 7_375}, "no customer and no product is doubled"
    assert {reject.reason for reject in run.rejects.all()} == {"An opportunity needs its account."}
    assert (Account.objects.count(), Product.objects.count(), Contact.objects.count()) == (85, 7, 0)
    assert_deals_are_as_in(folder / "sales_pipeline.csv")


def assert_deals_are_as_in(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["account"]]
    outcome = {"Won": "won", "Lost": "lost"}
    wanted = Counter(outcome.get(row["deal_stage"], "open") for row in rows)
    assert Counter(Opportunity.objects.values_list("outcome", flat=True)) == wanted
    assert Opportunity.objects.filter(product=None).count() == 0, "“GTXPro” is “GTX Pro”"
    won = Opportunity.objects.filter(outcome="won")
    assert sum(won.values_list("amount", flat=True)) == sum(
        Decimal(row["close_value"]) for row in rows if row["deal_stage"] == "Won"
    )
    assert Entry.objects.filter(name="sales.opportunity_won").count() == wanted["won"]
    one, row = Opportunity.objects.get(notes__contains="1C1I7A6R"), rows[0]
    assert (one.account.name, one.product.name, one.stage.code) == ("Cancity", "GTX Plus Basic", "negotiate")
    days = (f"{localtime(one.created_at):%Y-%m-%d}", f"{localtime(one.closed_at):%Y-%m-%d}")
    assert days == (row["engage_date"], row["close_date"])
    assert "Owner: Moses Frase" in one.notes


@pytest.mark.slow
def test_a_service_desk_s_incidents_become_cases(real_data, tmp_path):
    last: dict[str, dict[str, str]] = {}
    with gzip.open(real_data("service/uci_incidents_first2500.csv.gz"), "rt", encoding="utf-8") as file:
        for row in islice(csv.DictReader(file), 4_000):  # a row for each change: the last is how it ended
            last[row["number"]] = row
    given = tmp_path / "incidents.csv"
    with given.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, next(iter(last.values())))
        writer.writeheader()
        writer.writerows(last.values())
    run = imported(given, "case")
    assert (run.rejected, run.made["case"]) == (0, len(last))
    assert run.made["contact"] == len({row["caller_id"] for row in last.values()} - {"?"})
    one = Case.objects.get(subject="Request INC0000045")
    assert (one.priority, one.status, one.channel) == ("normal", "closed", "phone")
    assert f"{localtime(one.opened_at):%Y-%m-%d %H:%M}" == "2016-02-29 01:16", "the day stands first"
    assert (one.contact.family_name, one.contact.given_name) == ("2403", "Caller")


@pytest.mark.parametrize(("table", "kind"), [("Potentials", "opportunity"), ("Cases", "case")])
def test_tables_of_zoho_are_understood(real_data, table, kind):
    run = imported(real_data(f"crm_exports/zoho_headers_sample/{table}.csv"), kind)
    assert run.state == "done"
    assert set(run.mapping.values()) >= {"created_at", "owner"}
