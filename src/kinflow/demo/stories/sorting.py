"""The lead desk: it completes a lead, enters the company as an account, and finds a representative."""

from ..company.people import ON_DUTY
from ..engine.chance import Chance
from ..engine.loop import Turn
from ..scene import Scene, Steps
from .activities import work
from .chases import Chase, assign, contacted, know_account
from .fridays import report_time
from .notes import note


def sort(scene: Scene, chance: Chance, chase: Chase) -> Steps[None]:
    """The lead desk completes the lead and gives it to a representative."""
    yield from report_time(scene)
    desk = scene.roster.members("lead-desk")
    sorter = scene.roster.on_duty(desk, scene.loop.now) or scene.roster.least_busy(desk, chance)
    if not scene.troubles.weekend_wait and chase.interest.is_hot and scene.local.isoweekday() > 5:
        yield from _call_on_duty(scene, chance, chase)
        return
    turn = Turn(sorter, chance.spread(6, 0.4), 2 if chase.interest.is_hot else 4)
    yield turn
    yield turn.ends_at
    know_account(scene, chase, turn.who)
    _give_away(scene, chance, chase, turn.who)


def _call_on_duty(scene: Scene, chance: Chance, chase: Chase) -> Steps[None]:
    """Where somebody is on duty at weekends, a hot lead is called at once."""
    who = yield from work(
        scene,
        "first_call",
        owner=ON_DUTY,
        minutes=chance.spread(14, 0.3),
        priority=0,
        about=chase.key,
        contact=chase.contact.key,
        who=chase.contact.name,
        outcome="reached",
        notes=lambda: note(scene, chance, ON_DUTY, "reached", chase.interest.slots),
    )
    contacted(scene, chase, who)
    know_account(scene, chase, who)
    _give_away(scene, chance, chase, who)


def _give_away(scene: Scene, chance: Chance, chase: Chase, by: str) -> None:
    """To the account's own representative, or to one of the team."""
    company, prospect = chase.prospect.company, chase.prospect
    owner = scene.ledger.accounts[prospect.key].owner
    reason = "客户已有负责人"
    if owner is None:
        team = scene.roster.team_of(company.place, company.industry, prospect.potential)
        owner = scene.roster.choose_representative(
            team, chase.interest.family, chance, chase.contact.language
        )
        reason = "按区域分配"
    assign(scene, chase, scene.desks.holder(owner), by, reason)
