"""What goes on by itself: import, marketing's work, lost customers, needless mails, people who leave."""

from ..company.people import successor_of
from ..engine.chance import Chance
from ..engine.loop import Story, Turn
from ..market.prospects import Prospect
from ..scene import DAY, Scene
from ..words.notes import CAMPAIGN_TASKS
from . import customers, mails
from .activities import perform, plan
from .care import care_story

LOST_AFTER_DAYS = 460


def import_known(scene: Scene, chance: Chance, prospect: Prospect) -> None:
    """An account we had before Kinflow came: entered by import, with its representative, grade and pumps."""
    roll = chance.random()
    stage = "actual" if roll < 0.62 else "potential" if roll < 0.9 else "lost"
    grade = "" if stage == "potential" else min("C" if prospect.potential == "D" else prospect.potential, "D")
    if stage == "actual" and chance.hit(0.35):
        grade = "D" if grade == "C" else grade
    customers.add_account(scene, prospect, "import:crm", "import", life_stage=stage, grade=grade)
    prospect.is_customer = stage == "actual"
    prospect.is_lost = stage == "lost"
    prospect.last_seen = scene.loop.now - int(chance.uniform(0, 300) * DAY)
    if stage != "potential":
        for _pump in range(chance.randint(1, 6)):
            family = chance.pick(prospect.families)
            prospect.installed.append(chance.pick(scene.by_family[family]).key)
    if prospect.is_customer:
        prospect.bought = chance.spread(
            {"A": 600_000, "B": 180_000, "C": 50_000, "D": 20_000}[prospect.potential], 0.5
        )
    known = max(1, round(len(prospect.people) * chance.uniform(0.4, 1.0)))
    if stage != "lost" and (prospect.is_customer or chance.hit(0.4)):
        _give_owner(scene, chance, prospect)
    for person in prospect.people[:known]:
        customers.add_contact(scene, person, "import:crm", "import", prospect=prospect)
    scene.loop.begin(care_story(scene, chance, prospect))


def _give_owner(scene: Scene, chance: Chance, prospect: Prospect) -> None:
    company = prospect.company
    team = scene.roster.team_of(company.place, company.industry, prospect.potential)
    family = chance.pick(prospect.families)
    owner = scene.roster.choose_representative(team, family, chance, company.language)
    customers.assign_account(scene, prospect, owner, "import:crm", "历史数据")


def campaign_work(scene: Scene, chance: Chance, person: str) -> Story:
    """One of the many small works of marketing."""
    what = chance.pick(CAMPAIGN_TASKS.split("|"))
    due = scene.after(chance.uniform(1, 5))
    key = plan(
        scene, "campaign_work", owner=person, by="process:campaigns", about=None, what=what, due_at=due
    )
    yield from perform(scene, key, chance.spread(130, 0.4), 5, "done")


def look_for_lost(scene: Scene, prospects: list[Prospect]) -> None:
    """Customers who have not bought or asked for anything for long are lost until they come back."""
    limit = scene.loop.now - LOST_AFTER_DAYS * DAY
    for prospect in prospects:
        upset = prospect.annoyance > 1.6 and prospect.last_seen < scene.loop.now - 150 * DAY
        if prospect.is_customer and not prospect.is_lost and (prospect.last_seen < limit or upset):
            prospect.is_lost = True
            customers.move_in_life(scene, prospect, "lost")


def needless_mail(scene: Scene, chance: Chance) -> Story:
    """An automatic reply, a newsletter or the like, which somebody looks at and puts aside."""
    ledger = scene.ledger
    contact = ledger.contacts[f"contact-{chance.randint(1, len(ledger.contacts)):05}"]
    if not contact.email:
        return
    subject = "自动回复" if contact.language == "zh" else "Automatic reply"
    slots = {"subject": subject, "month": chance.randint(5, 20)}
    letter = mails.Letter("automatic", slots, mails.SALES)
    email = mails.receive(scene, chance, contact, letter, is_automatic=True)
    reader = scene.roster.least_busy(scene.roster.members("lead-desk"), chance)
    mails.assign_email(scene, email, reader)
    turn = Turn(reader, 1.5, 7)
    yield turn
    yield turn.ends_at
    mails.ignore(scene, email.key, turn.who)


def leave(scene: Scene, leaver: str) -> Story:
    """Somebody leaves: the team lead gives accounts and open work to the successor."""
    person = scene.roster.people[leaver]
    successor = successor_of(leaver)
    scene.desks.hand_over(leaver, successor)
    turn = Turn(person.reports_to or "company-1", 75, 1)
    yield turn
    yield turn.ends_at
    pass_on(scene, leaver, successor, turn.who)


def pass_on(scene: Scene, leaver: str, successor: str, by: str) -> None:
    """Everything open that the leaver held is now the successor's."""
    ledger, now, reason = scene.ledger, scene.ledger.now, "人员离职，工作移交"
    told = {"person": successor, "before": leaver, "reason": reason}
    for account in [a for a in ledger.accounts if a.owner == leaver]:
        ledger.accounts.change(account.key, owner=successor, assigned_at=now)
        ledger.tell("account_assigned", by, {"account": account.key}, told)
    for lead in [
        x for x in ledger.leads if x.owner == leaver and x.stage in ("new", "contacted", "qualified")
    ]:
        ledger.leads.change(lead.key, owner=successor, assigned_at=now)
        ledger.tell("lead_assigned", by, {"lead": lead.key, "contact": lead.contact}, told)
    for deal in [o for o in ledger.opportunities if o.owner == leaver and o.outcome == "open"]:
        ledger.opportunities.change(deal.key, owner=successor, assigned_at=now)
        ledger.tell("opportunity_assigned", by, {"opportunity": deal.key, "account": deal.account}, told)
    for case in [c for c in ledger.cases if c.owner == leaver and c.status in ("new", "open", "waiting")]:
        ledger.cases.change(case.key, owner=successor, assigned_at=now)
        ledger.tell("case_assigned", by, {"case": case.key, "account": case.account}, told)
