"""The company of the stories: a team, its customers, and work that the scorings gave out."""

from typing import Any

from django.utils import timezone

from kinflow.automation.scorings.shipped import shipped_scorings
from kinflow.eventlog import SYSTEM
from kinflow.eventlog.readers import catch_up_all
from kinflow.organisation.models import Person
from kinflow.organisation.people.actions import set_language, set_skill
from kinflow.organisation.users.actions import create_user
from kinflow.records.access import ADMINISTRATOR, PROCESS_OWNER, REPRESENTATIVE, TEAM_LEAD
from kinflow.records.search.indexing import rebuild
from tests import factories

PASSWORD = "pumps-and-valves-7"
CAST = {
    "lead": ("周", "敏", TEAM_LEAD),
    "chen": ("陈", "宇", REPRESENTATIVE),
    "sun": ("孙", "倩", REPRESENTATIVE),
    "process": ("林", "峰", PROCESS_OWNER),
    "admin": ("何", "静", ADMINISTRATOR),
}
"""Family name, given name and role by login."""


def company() -> dict[str, Person]:
    """Everybody by login; 陈宇 knows the pumps best, so the first leads are his."""
    people = {}
    for login, (family_name, given_name, role) in CAST.items():
        people[login] = factories.person(family_name, given_name, roles=(role,))
        create_user(login=login, password=PASSWORD, person=people[login], by=SYSTEM)
        set_language(person=people[login], language="zh", level=5, by=SYSTEM)
    pumps = factories.skill()
    set_skill(person=people["chen"], skill=pumps, level=5, by=SYSTEM)
    set_skill(person=people["sun"], skill=pumps, level=2, by=SYSTEM)
    shipped_scorings(SYSTEM)
    go_on()
    return people


def customers() -> dict[str, Any]:
    """An account with its contact, leads, an opportunity, a request, a call and a mail, all given out."""
    pumps = factories.product(skill=factories.skill())
    account = factories.account(country="CN", province="CN-ZJ")
    contact = factories.contact(account=account, language="zh", email="wang@haitian.example")
    leads = [factories.lead(contact=contact, product=pumps, need=f"Need {n}", score=30 * n) for n in range(4)]
    made = {
        "account": account,
        "contact": contact,
        "lead": leads[0],
        "opportunity": factories.opportunity(account=account),
        "case": factories.case(account=account, contact=contact),
        "activity": factories.activity(account=account),
        "email": factories.email(),
    }
    go_on()
    rebuild()
    return made


def go_on() -> None:
    """Let everything that follows the log catch up."""
    catch_up_all(timezone.now())
