"""Data asked for twice: service asks again what the hotline or sales knew, and each overwrites the other."""

from ..engine.chance import Chance
from ..engine.loop import Story, Turn
from ..scene import HOUR, Scene, Steps, changed
from . import mails, tickets
from .activities import work
from .notes import note
from .tickets import Ticket

ASKED_AGAIN = 0.55
"""How often the customer is asked again."""
GATES = ("东门", "西门", "2号门", "物流通道", "北区", "污水站旁")


def ask_again(scene: Scene, chance: Chance, ticket: Ticket, by: str) -> Steps[str]:
    """Ask the customer for serial number, site and person once more; returns who goes on with the case."""
    asks = chance.hit(ASKED_AGAIN)
    if not (scene.troubles.asked_twice and asks):
        return by
    who = yield from work(
        scene,
        "ask_again",
        owner=by,
        minutes=chance.spread(6, 0.3),
        priority=ticket.urgency,
        about=ticket.key,
        account=ticket.prospect.key,
        contact=ticket.contact.key,
        who=f"{ticket.prospect.company.name} {ticket.contact.name}",
        outcome="done",
        notes=lambda: note(scene, chance, by, "asked_again", ticket.slots),
    )
    tickets.wait(scene, ticket, who, "等待客户再次提供编号、地址和联系人")
    asked_at = scene.loop.now
    yield scene.after_work(chance.spread(4.5, 0.6))
    who = yield from _told_again(scene, chance, ticket, who, (scene.loop.now - asked_at) / HOUR)
    _write_again(scene, ticket, who)
    _overwrite(scene, chance, ticket, who)
    return who


def _write_again(scene: Scene, ticket: Ticket, by: str) -> None:
    """What the case says already is entered a second time."""
    before = scene.ledger.cases[ticket.key].description
    site = scene.ledger.accounts[ticket.prospect.key].address
    after = f"{before}\n\n复核：编号 {ticket.slots['serial']}，地址 {site}，联系人 {ticket.contact.name}"
    scene.ledger.cases.change(ticket.key, description=after, changed_at=scene.ledger.now)
    scene.tell("case_changed", by, ticket.subjects(), changes=changed(description=(before, after)))


def _told_again(scene: Scene, chance: Chance, ticket: Ticket, by: str, hours_ago: float) -> Steps[str]:
    contact = scene.ledger.contacts[ticket.contact.key]
    chinese = contact.language == "zh"
    if not contact.email or chance.hit(0.45):
        turn = Turn(by, chance.spread(5, 0.3), ticket.urgency)
        yield turn
        yield turn.ends_at
        tickets.resume(scene, ticket, turn.who)
        return turn.who
    subject = f"{'设备信息' if chinese else 'Pump details'} {ticket.slots['serial']}"
    quoted = (
        "请提供泵的出厂编号、现场地址和联系人。"
        if chinese
        else "Please send serial number, site and contact."
    )
    letter = mails.Letter(
        "details", {**ticket.slots, "subject": subject}, mails.SERVICE, quoted=quoted, hours_ago=hours_ago
    )
    email = mails.receive(scene, chance, contact, letter, product=ticket.product.key, case=ticket.key)
    mails.assign_email(scene, email, by)
    tickets.resume(scene, ticket, "system:mail")
    turn = Turn(by, chance.spread(6, 0.3), ticket.urgency)
    yield turn
    yield turn.ends_at
    mails.answer(scene, chance, email.key, turn.who, ticket.slots, "details")
    return turn.who


def _overwrite(scene: Scene, chance: Chance, ticket: Ticket, by: str) -> None:
    """Service puts the site in the place of the address that sales entered."""
    account = scene.ledger.accounts[ticket.prospect.key]
    gate = chance.pick(GATES)
    site = (
        f"{account.address}（{gate}）"
        if account.country == "CN"
        else f"{account.address}, Gate {chance.randint(1, 4)}"
    )
    if "（" in account.address or ", Gate" in account.address:
        return
    _change_address(scene, account.key, site, by)
    contact = scene.ledger.contacts[ticket.contact.key]
    if contact.department and contact.country == "CN" and chance.hit(0.6):
        _change_department(scene, contact.key, "现场联系人", by)
        scene.loop.begin(
            _put_back(scene, chance, account.key, account.address, contact.key, contact.department)
        )
    else:
        scene.loop.begin(_put_back(scene, chance, account.key, account.address, None, ""))


def _put_back(
    scene: Scene, chance: Chance, account: str, address: str, contact: str | None, department: str
) -> Story:
    """Days later the order desk needs the address for the invoice, and changes it back."""
    yield scene.after(chance.uniform(2, 11))
    if chance.hit(0.3):
        return
    turn = Turn(scene.roster.least_busy(scene.roster.members("order-desk"), chance), chance.spread(5, 0.3), 6)
    yield turn
    yield turn.ends_at
    if scene.ledger.accounts[account].address != address:
        _change_address(scene, account, address, turn.who)
    if contact and scene.ledger.contacts[contact].department != department:
        _change_department(scene, contact, department, turn.who)


def _change_address(scene: Scene, account: str, address: str, by: str) -> None:
    before = scene.ledger.accounts[account].address
    scene.ledger.accounts.change(account, address=address, changed_at=scene.ledger.now)
    scene.tell("account_changed", by, {"account": account}, changes=changed(address=(before, address)))


def _change_department(scene: Scene, contact: str, department: str, by: str) -> None:
    before = scene.ledger.contacts[contact]
    scene.ledger.contacts.change(contact, department=department, changed_at=scene.ledger.now)
    subjects = {"contact": contact} | ({"account": before.account} if before.account else {})
    scene.tell("contact_changed", by, subjects, changes=changed(department=(before.department, department)))
