"""A company of any size for measurements: contacts, leads and their history, put in by the bulk actions' own means."""

import os
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

CHUNK = 20_000
PEOPLE = 60
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉萍红建国志文海燕春梅晓东波辉鹏宇浩然子涵雨欣嘉怡俊"
COMPANIES = ("机械", "化工", "水务", "电力", "制药", "食品", "矿业", "造纸", "环保", "钢铁", "船舶", "纺织")
PLACES = ("杭州", "苏州", "上海", "广州", "北京", "济南", "成都", "武汉", "西安", "宁波", "青岛", "长沙")
NEEDS = (
    "离心泵",
    "潜水泵",
    "螺杆泵",
    "计量泵",
    "消防泵",
    "机械密封",
    "轴承套件",
    "叶轮更换",
    "振动检测",
    "年度保养",
)
WORDS = ("询价", "选型", "改造", "备件", "维修", "招标", "试用", "扩建")
STAGES = ("new", "new", "contacted", "contacted", "qualified", "disqualified")
BEGIN = datetime(2024, 11, 1, 1, tzinfo=UTC)
STEP = timedelta(seconds=11)


def prepare() -> None:
    """Load Django and lay the tables out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


class Company:
    """A company in the database that can grow."""

    def __init__(self, seed: int = 2024) -> None:
        self.chance = random.Random(seed)
        self.now = BEGIN
        self.contacts = self.leads = self.events = 0
        self.staff: list[Any] = []
        self.accounts: list[Any] = []

    def found(self) -> None:
        """Units, people and one product."""
        from kinflow.eventlog import SYSTEM
        from kinflow.organisation.people.actions import add_person
        from kinflow.organisation.units.actions import add_unit

        unit = add_unit(name="华东", by=SYSTEM)
        for number in range(PEOPLE):
            family, given = self.chance.choice(FAMILY), self.chance.choice(GIVEN)
            roles = ("administrator", "representative") if number == 0 else ("representative",)
            person = add_person(
                family_name=family,
                given_name=given,
                unit=unit,
                roles=roles,
                email=f"p{number}@example.com",
                by=SYSTEM,
            )
            self.staff.append(person)

    def multiply(self, contacts: int) -> None:
        """Repeat the contacts until there are so many: the rows alone, without a history and not findable."""
        from django.db import connection

        from kinflow.customers.contacts.models import Contact
        from kinflow.eventlog import SYSTEM, action
        from kinflow.eventlog.recorded import permitted_command

        columns = ", ".join(f.column for f in Contact._meta.concrete_fields if not f.primary_key)
        table = Contact._meta.db_table

        def repeat(*, by: Any) -> None:
            command = permitted_command(Contact)
            with command.writes_rows(), connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}, generate_series(1, %s) LIMIT %s",  # noqa: S608
                    [contacts // self.contacts + 1, contacts - self.contacts],
                )
            command.tables.add(table)

        repeat.__module__ = "kinflow.customers.bench"
        action(repeat)(by=SYSTEM)
        self.contacts = contacts
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def grow(self, contacts: int, leads: int, events: int) -> None:
        """Add until there are so many, then bring statistics and the search index up to date."""
        from django.db import connection

        from kinflow.records.search.indexing import rebuild

        more_leads = leads - self.leads
        each = (events - self.events - 1.25 * (contacts - self.contacts)) / more_leads  # accounts too
        share = more_leads / (contacts - self.contacts)
        while self.contacts < contacts:
            self._chunk(min(CHUNK, contacts - self.contacts), share, each)
        rebuild(["contact", "lead", "account"])
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")

    def _chunk(self, contacts: int, share: float, each: float) -> None:
        from kinflow.eventlog import SYSTEM, action

        def take_over(*, by: Any) -> None:
            self._write(contacts, share, each)

        take_over.__module__ = "kinflow.sales.bench"
        action(take_over)(by=SYSTEM)

    def _write(self, count: int, share: float, each: float) -> None:
        from kinflow.eventlog.bulk import insert, record_many, speaking_for

        with speaking_for("customers"):
            accounts = insert([self._account(n) for n in range(max(1, count // 4))])
            contacts = insert([self._contact(accounts[n // 4 % len(accounts)]) for n in range(count)])
        leads = insert([self._lead(contacts[n % count]) for n in range(round(count * share))])
        told = record_many(self._history(accounts, contacts, leads, each))
        self.contacts += len(contacts)
        self.leads += len(leads)
        self.events += told

    def _moment(self) -> datetime:
        self.now += STEP
        return self.now

    def _account(self, number: int) -> Any:
        from kinflow.customers.accounts.models import Account

        pick = self.chance.choice
        name = f"{pick(PLACES)}{pick(GIVEN)}{pick(GIVEN)}{pick(COMPANIES)}有限公司"
        owner = pick(self.staff)
        moment = self._moment()
        return Account(
            name=name, key=name, grade=pick("ABCD"), country="CN", city=pick(PLACES), owner=owner,
            unit_id=owner.unit_id, created_at=moment, changed_at=moment,
        )  # fmt: skip

    def _contact(self, account: Any) -> Any:
        from kinflow.customers.contacts.models import Contact

        pick, moment = self.chance.choice, self._moment()
        number = self.chance.randrange(10**8)
        return Contact(
            family_name=pick(FAMILY), given_name=pick(GIVEN) + pick(GIVEN), account=account, language="zh", country="CN",
            email=f"c{number}@example.com", phone=f"+86138{number:08d}", city=pick(PLACES), owner=account.owner,
            unit_id=account.unit_id, created_at=moment, changed_at=moment,
        )  # fmt: skip

    def _lead(self, contact: Any) -> Any:
        from kinflow.sales.leads.models import Lead

        pick, moment, owner = self.chance.choice, self._moment(), self.chance.choice(self.staff)
        return Lead(
            contact=contact, account=contact.account, need=f"{pick(NEEDS)}{pick(WORDS)} {self.chance.randrange(500)}台",
            source="web", stage=pick(STAGES), score=self.chance.randrange(101), language="zh", country="CN",
            owner=owner, unit_id=owner.unit_id, assigned_at=moment, created_at=moment, changed_at=moment,
        )  # fmt: skip

    def _history(
        self, accounts: Any, contacts: Any, leads: Any, each: float
    ) -> Iterator[tuple[Any, datetime]]:
        """One event for each account and contact, `each` for each lead on average."""
        from kinflow.customers.accounts.events import AccountAdded
        from kinflow.customers.contacts.events import ContactAdded
        from kinflow.sales.leads.events import LeadAssigned, LeadCaptured, LeadChanged

        for account in accounts:
            yield AccountAdded(account=account, life_stage=account.life_stage), account.created_at
        for contact in contacts:
            yield ContactAdded(contact=contact, account=contact.account), contact.created_at
        owed = 0.0
        for lead in leads:
            owed += each
            yield LeadCaptured(lead=lead, contact=lead.contact, source="web", need=lead.need), lead.created_at
            yield LeadAssigned(lead=lead, person=lead.owner), lead.created_at
            for step in range(2, int(owed)):
                changes = {"score": [lead.score, lead.score + step]}
                yield LeadChanged(lead=lead, changes=changes), lead.created_at + step * timedelta(hours=5)
            owed -= max(2, int(owed))


def signed_in(company: Company) -> str:
    """The session key of an administrator who has signed in."""
    from django.test import Client

    from kinflow.eventlog import SYSTEM
    from kinflow.organisation.users.actions import create_user

    user = create_user(login="bench", person=company.staff[0], language="en", by=SYSTEM)
    client = Client()
    client.force_login(user, "kinflow.organisation.users.backend.Backend")
    return client.cookies["kinflow_session"].value


def token_of(company: Company) -> str:
    """An access token of the administrator who has signed in."""
    from kinflow.organisation.users.actions import issue_token
    from kinflow.organisation.users.actors import actor_of
    from kinflow.organisation.users.models import User

    user = User.objects.select_related("person__unit").get(username="bench")
    return issue_token(user=user, name="bench", scopes=["read", "write"], by=actor_of(user))[1]
