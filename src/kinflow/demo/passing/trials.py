"""Deployments on trial: which group an opportunity falls into, and whether its discount has to be asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from kinflow.customers.models import Account
from kinflow.eventlog import Actor
from kinflow.eventlog.bulk import done_by, insert, reserve_ids, speaking_for
from kinflow.processes.deployments.events import RecordPlaced
from kinflow.processes.deployments.models import SHADOW, Deployment, Placement
from kinflow.processes.deployments.placing import group_of, matches, number_of
from kinflow.sales.opportunities.models import Opportunity

from .. import records
from ..happenings import Happening
from ..ledger import Ledger
from ..seeding.book import Book, money, percent
from .approvals import Asks, asks_in

AT_ONCE = 500
OF_ACCOUNTS = (
    "name",
    "life_stage",
    "grade",
    "industry",
    "country",
    "province",
    "city",
    "employees",
    "created_at",
)
OPENED = "sales.opportunity_opened"
AFTER = timedelta(seconds=1)
"""How long after what it starts at a deployment places a record."""


@dataclass
class Trials:
    """The running deployments for opportunities, and the primary keys that opportunities will have, by their keys.

    A record's group hangs on its primary key, and what happens to it on its group: keys are reserved before it is played.
    """

    ledger: Ledger
    ids: dict[str, int] = field(default_factory=dict)
    deployments: Sequence[Deployment] = ()
    placed: set[tuple[int, str]] = field(default_factory=set)
    _known: frozenset[str] = field(init=False)
    _asks: dict[tuple[int, int | None], Asks | None] = field(default_factory=dict)
    _groups: dict[tuple[int, str], str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Those that were there before are placed already, or never will be."""
        self._known = frozenset(self.ids)

    def follow(self, deployments: Iterable[Deployment]) -> None:
        """From now on these run."""
        self.deployments = list(deployments)

    def is_spared(self, key: str, wanted: float) -> bool:
        """Whether a version that an opportunity runs by lets a discount pass without asking."""
        for deployment in self.deployments:
            group = self.group(deployment, key)
            if group is None or deployment.way == SHADOW:
                continue
            asks = self._asks_by(deployment, number_of(deployment, group))
            if asks is not None and not asks(self._row(key, wanted)):
                return True
        return False

    def group(self, deployment: Deployment, key: str) -> str | None:
        """The group of an opportunity in a deployment; None where its trigger does not want it."""
        asked = deployment.pk, key
        if asked not in self._groups and key in self._known:
            placed = Placement.objects.filter(
                deployment=deployment, about_kind="opportunity", about_id=self.ids[key]
            )
            self._groups[asked] = placed.values_list("group", flat=True).first()
        if asked not in self._groups:
            row = self._row(key, 0)
            is_wanted = matches(deployment, deployment.trigger.get("condition"), row)
            self._groups[asked] = group_of(deployment, row) if is_wanted else None
        return self._groups[asked]

    def was_known(self, key: str) -> bool:
        """Whether the opportunity was there before the weeks."""
        return key in self._known

    def _asks_by(self, deployment: Deployment, number: int | None) -> Asks | None:
        asked = deployment.pk, number
        if asked not in self._asks:
            self._asks[asked] = asks_in(deployment, number)
        return self._asks[asked]

    def _row(self, key: str, wanted: float) -> Opportunity:
        """What is known of an opportunity while it is played, with its customer."""
        source: records.Opportunity = self.ledger.opportunities[key]
        return Opportunity(
            pk=self._id(key),
            name=source.name,
            amount=money(source.amount),
            discount=percent(wanted),
            currency=source.currency,
            source=source.source,
            industry=source.industry,
            country=source.country,
            province=source.province,
            created_at=source.created_at,
            account=self._account(source.account),
        )

    def _account(self, key: str) -> Account:
        """The customer as far as conditions can ask for it."""
        source: records.Account = self.ledger.accounts[key]
        return Account(**{name: getattr(source, name) for name in OF_ACCOUNTS})

    def _id(self, key: str) -> int:
        """The primary key of an opportunity, in the order of their keys."""
        number = len(self.ids)
        while key not in self.ids:
            for pk in reserve_ids(Opportunity, AT_ONCE):
                number += 1
                self.ids[f"{self.ledger.opportunities.kind}-{number:05}"] = pk
        return self.ids[key]


def put_placements(book: Book, trials: Trials, happenings: Sequence[Happening]) -> int:
    """Place the opportunities that came as live operation does, at what each deployment starts at; how many there are."""
    rows: list[Placement] = []
    for deployment in trials.deployments:
        name, design = deployment.trigger.get("event") or OPENED, deployment.design
        by = Actor("process", f"design:{design.pk}", design.name)
        for key, at in _firsts(happenings, name.partition(".")[2]).items():
            group = trials.group(deployment, key)
            if group is None or trials.was_known(key) or (deployment.pk, key) in trials.placed:
                continue
            trials.placed.add((deployment.pk, key))
            about, number = book.of("opportunity", key), number_of(deployment, group)
            rows.append(
                Placement(
                    deployment=deployment,
                    about_kind="opportunity",
                    about_id=about.pk,
                    group=group,
                    number=number,
                    placed_at=at + AFTER,
                )
            )
            placed = RecordPlaced(deployment=deployment, record=about, group=group, number=number)
            book.tell(done_by(placed, by), at + AFTER)
    with speaking_for("processes"):
        insert(rows)
    return len(rows)


def _firsts(happenings: Sequence[Happening], kind: str) -> Mapping[str, datetime]:
    """When something of this kind happened to each opportunity first."""
    found: dict[str, datetime] = {}
    for happening in happenings:
        if happening.kind == kind:
            found.setdefault(happening.subjects["opportunity"], happening.at)
    return found
