"""How companies and people become known to us, and what changes in what we know of them."""

from ..engine.chance import Chance
from ..engine.loop import Turn
from ..market.prospects import Person, Prospect
from ..records import Account, Consent, Contact
from ..scene import Scene, Steps, changed


def add_account(
    scene: Scene, prospect: Prospect, by: str, source: str, *, life_stage: str = "potential", grade: str = ""
) -> Account:
    """Enter a company as an account."""
    company = prospect.company
    account = scene.ledger.accounts.add(
        Account(
            key=prospect.key,
            name=company.name,
            name_en=company.name_en,
            life_stage=life_stage,
            grade=grade,
            industry=company.industry,
            country=company.country,
            province=company.province,
            place=company.place,
            city=company.city,
            address=company.address,
            phone=company.phone,
            website=f"www.{company.domain}",
            employees=prospect.employees,
            source=source,
            created_at=scene.ledger.now,
        )
    )
    scene.tell("account_added", by, {"account": account.key}, source=source)
    return account


def add_contact(
    scene: Scene, person: Person, by: str, source: str, *, prospect: Prospect | None, cause: int | None = None
) -> Contact:
    """Enter a person as a contact, at the account if it is known already."""
    company = prospect.company if prospect else None
    account = prospect.key if prospect and prospect.key in scene.ledger.accounts else None
    contact = scene.ledger.contacts.add(
        Contact(
            key=scene.ledger.contacts.next_key(),
            family_name=person.name.family,
            given_name=person.name.given,
            title=person.title if company else "",
            department=person.department if company else "",
            account=account,
            email=person.email,
            phone=person.phone,
            points=tuple(_points(person)),
            language=person.language,
            country=company.country if company else "CN",
            province=company.province if company else "",
            place=company.place if company else "CN",
            city=company.city if company else "",
            source=source,
            owner=scene.ledger.accounts[account].owner if account else None,
            created_at=scene.ledger.now,
        )
    )
    if prospect:
        prospect.known.append(contact.key)
    subjects = {"contact": contact.key} | ({"account": account} if account else {})
    scene.tell("contact_added", by, subjects, cause, source=source)
    return contact


def _points(person: Person) -> list[tuple[str, str, bool]]:
    points = []
    if person.email:
        points.append(("email", person.email, True))
    if person.phone:
        points.append(("mobile", person.phone, True))
    if person.chat:
        points.append((*person.chat, False))
    return points


def meet(scene: Scene, chance: Chance, prospect: Prospect, by: str, source: str) -> Contact:
    """Somebody of the company: a person known already or, now and then, one who is not yet."""
    unknown = len(prospect.known) < len(prospect.people)
    if prospect.known and not (unknown and chance.hit(0.3)):
        return scene.ledger.contacts[chance.pick(prospect.known)]
    if not unknown:
        return scene.ledger.contacts[prospect.known[0]]
    return add_contact(scene, prospect.people[len(prospect.known)], by, source, prospect=prospect)


def record_consent(
    scene: Scene, contact: Contact, by: str, *, channel: str, is_given: bool, basis: str
) -> None:
    """Note what a contact allowed or refused, once for each channel."""
    key = f"consent-{contact.key.partition('-')[2]}-{channel}"
    if key in scene.ledger.consents:
        return
    scene.ledger.consents.add(
        Consent(
            key=key,
            contact=contact.key,
            channel=channel,
            purpose="marketing",
            is_given=is_given,
            basis=basis,
            decided_at=scene.ledger.now,
        )
    )
    scene.tell(
        "consent_recorded",
        by,
        {"contact": contact.key},
        channel=channel,
        purpose="marketing",
        is_given=is_given,
    )


def move_in_life(scene: Scene, prospect: Prospect, stage: str, cause: int | None = None) -> None:
    """Put the account in another stage of life where the facts say so; back steps are for the lost only."""
    account = scene.ledger.accounts[prospect.key]
    order = ("none", "potential", "target", "actual")
    if account.life_stage == stage or (stage in order[:3] and account.life_stage == "actual"):
        return
    scene.ledger.accounts.change(account.key, life_stage=stage, changed_at=scene.ledger.now)
    scene.tell(
        "account_changed",
        "process:life-stage",
        {"account": account.key},
        cause,
        changes=changed(life_stage=(account.life_stage, stage)),
    )


def grade(scene: Scene, prospect: Prospect, by: str) -> None:
    """Give the account the grade that its purchases and its promise deserve, if that is another."""
    account, total = scene.ledger.accounts[prospect.key], prospect.bought
    earned = "A" if total > 900_000 else "B" if total > 260_000 else "C" if total > 40_000 else "D"
    best = min(earned, prospect.potential) if total else max("B", prospect.potential)
    if account.grade == best or (account.grade and account.grade < best):
        return
    scene.ledger.accounts.change(account.key, grade=best, changed_at=scene.ledger.now)
    scene.tell("account_changed", by, {"account": account.key}, changes=changed(grade=(account.grade, best)))


def assign_account(scene: Scene, prospect: Prospect, person: str, by: str, reason: str = "") -> None:
    """Give the account to a representative."""
    account = scene.ledger.accounts[prospect.key]
    if account.owner == person:
        return
    scene.ledger.accounts.change(account.key, owner=person, assigned_at=scene.ledger.now)
    scene.tell(
        "account_assigned", by, {"account": account.key}, person=person, before=account.owner, reason=reason
    )


def get_to_know(scene: Scene, chance: Chance, prospect: Prospect, number: int) -> Steps[None]:
    """A colleague of those we know becomes known: a business card, a name in copy, a call passed on."""
    if prospect.key not in scene.ledger.accounts or len(prospect.known) > number:
        return
    owner = scene.ledger.accounts[prospect.key].owner
    by = owner or scene.roster.least_busy(scene.roster.members("lead-desk"), chance)
    turn = Turn(by, 3, 7)
    yield turn
    if len(prospect.known) <= number:
        source = chance.pick(("referral", "email", "phone", "fair", "wecom"))
        contact = add_contact(
            scene, prospect.people[len(prospect.known)], turn.who, source, prospect=prospect
        )
        if chance.hit(0.25):
            record_consent(
                scene,
                contact,
                turn.who,
                channel="email",
                is_given=chance.hit(0.8),
                basis="名片交换时口头同意",
            )
    yield turn.ends_at
