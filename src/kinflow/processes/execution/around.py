"""What instances that are moved together share: designs and records, read once for all; what is undone together."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils import timezone, translation

from kinflow.eventlog import Actor
from kinflow.eventlog.bulk import reserve_ids
from kinflow.eventlog.command import attempt_in_memory
from kinflow.kit.standing import StandingQuery, in_one_go
from kinflow.organisation.users.models import User
from kinflow.records.faces import registry

from ..deployments.models import Deployment, Placement
from ..deployments.placing import place, running_of
from ..designs.models import ProcessDesign
from .models import ProcessInstance
from .shadow_steps import Standing, standing_in


@cache
def _those(model: type[Model]) -> StandingQuery[Any]:
    """The records of a kind with these ids."""
    return StandingQuery(lambda ids: model._default_manager.filter(pk__among=ids), 1)


@cache
def _stubs_of(model: type[Model]) -> StandingQuery[Any]:
    """The same with their ids only."""
    return StandingQuery(lambda ids: model._default_manager.filter(pk__among=ids).only("pk"), 1)


_designs = StandingQuery[ProcessDesign](
    lambda ids: ProcessDesign.objects.select_related("owner__unit", "owner__calendar").filter(pk__among=ids),
    1,
)
_speaking = StandingQuery[User](
    lambda ids: (
        User.objects.filter(person__in=ProcessDesign.objects.filter(pk__among=ids).values("owner"))
        .exclude(language="")
        .only("person", "language")
    ),
    1,
)


class Around:
    """Designs with their owners, the records, and the parts of a transaction that are undone where they fail."""

    def __init__(self) -> None:
        self.now: datetime = timezone.now()
        self.has_reached = False
        """Whether anything was done but in memory: others may wait for what is locked since."""
        self.actors: dict[tuple[int, int], Actor] = {}
        """Versions of designs as who acts."""
        self._designs: dict[int, Any] = {}
        self._languages: dict[int, str] = {}
        self._records: dict[tuple[str, int], Any] = {}
        self._stubs: dict[tuple[str, int], Any] = {}
        self._running: dict[int, Deployment | None] = {}
        self._beside: dict[tuple[int, str, int], list[Standing]] = {}
        self.placements: dict[tuple[int, str, int], Placement] = {}
        """The groups that are locked already, by deployment, kind and id."""
        self._expected: set[tuple[str, int]] = set()
        self._ids: list[int] = []
        self._patterns: dict[tuple[int, int], ProcessInstance] = {}
        self._undo: list[Callable[[], None]] = []
        self._reaches: list[Callable[[], None]] = []

    def about(self) -> set[tuple[str, int]]:
        """The kinds and ids of all records that may be asked for."""
        return self._expected

    def designs_of(self, ids: set[int]) -> None:
        """Read designs with their owners and the languages of these, which tasks are called in."""
        with in_one_go():
            take = self.designs_asked(ids)
        take()

    def designs_asked(self, ids: set[int]) -> Callable[[], None]:
        """Ask for designs that are not known yet; calling what is returned takes them."""
        missing = [*(ids - self._designs.keys())]
        if not missing:
            return lambda: None
        designs, speaking = _designs.asked(missing), _speaking.asked(missing)

        def take() -> None:
            found, spoken = designs(), {user.person_id: user.language for user in speaking()}
            for row in found:
                self._designs[row.pk] = row
                self._languages[row.pk] = spoken.get(row.owner_id, "")

        return take

    def design(self, pk: int) -> Any:
        """A design with its owner."""
        known = self._designs.get(pk)
        if known is None:
            self.designs_of({pk})
        return known or self._designs[pk]

    def known_design(self, pk: int) -> Any:
        """A design that was read already; None where there is none."""
        return self._designs.get(pk)

    def language(self, design_id: int) -> str:
        """The language of a design's owner."""
        return self.spoken(design_id) or translation.get_language() or "en"

    def spoken(self, design_id: int) -> str:
        """The same; empty where the owner chose none."""
        known = self._languages.get(design_id)
        if known is None:
            self.design(design_id)
        return known or self._languages[design_id]

    def speaking(self, design_id: int) -> AbstractContextManager[None]:
        """A part in which the design's owner is spoken to."""
        spoken = self.spoken(design_id)
        is_spoken = not spoken or spoken == translation.get_language()
        return nullcontext() if is_spoken else translation.override(spoken)

    def stub(self, about: tuple[str, int]) -> Any:
        """A record, by kind and id, of which only the id is read: for events that mention it. None where it is gone."""
        known = self._stubs.get(about, self)
        return known if known is not self else self._read_stubs(*about)

    def _read_stubs(self, kind: str, pk: int) -> Any:
        self.stubs_asked({(kind, pk), *(about for about in self.about() if about[0] == kind)})()
        return self._stubs[kind, pk]

    def stubs_asked(self, abouts: Iterable[tuple[str, int]]) -> Callable[[], None]:
        """Ask for stubs of records that are not known yet; calling what is returned takes them."""
        missing: dict[str, list[int]] = {}
        for kind, pk in sorted(set(abouts) - self._stubs.keys()):
            missing.setdefault(kind, []).append(pk)
        answers = {
            kind: _stubs_of(registry[kind].model).asked(ids)
            for kind, ids in missing.items()
            if kind in registry
        }

        def take() -> None:
            for kind, ids in missing.items():
                found = {row.id: row for row in answers[kind]()} if kind in answers else {}
                self._stubs |= {(kind, pk): found.get(pk) for pk in ids}

        return take

    def record(self, kind: str, pk: int) -> Any:
        """A record as it is now; None where it is gone."""
        known = self._records.get((kind, pk))
        if known is None and (kind, pk) not in self._records:
            face = registry.get(kind)
            ids = {pk} | {each for of, each in self.about() if of == kind and (of, each) not in self._records}
            found = {row.id: row for row in _those(face.model)(sorted(ids))} if face is not None else {}
            self._records |= {(kind, each): found.get(each) for each in ids}
            known = found.get(pk)
        return known

    def forget_records(self) -> None:
        """Something was done: any record may be another now."""
        self._records.clear()
        self._stubs.clear()

    def forget_beside(self) -> None:
        """A step was done, which may have started an instance: any may stand elsewhere now."""
        self._beside.clear()

    def fresh_id(self) -> int:
        """The id of an instance that is to be."""
        return self._ids.pop(0) if self._ids else reserve_ids(ProcessInstance, 1)[0]

    def pattern(self, design: ProcessDesign, number: int) -> ProcessInstance:
        """What a new instance of a version is like that has no id yet."""
        version = (design.pk, number)
        if version not in self._patterns:
            self._patterns[version] = ProcessInstance(design=design, number=number)
        return self._patterns[version]

    def expect(self, abouts: Iterable[Model]) -> None:
        """Fetch ids for new instances about these at once; the records are read together, too."""
        told = [(str(about._meta.model_name), about.pk) for about in abouts]
        self._expected |= set(told)
        self._ids += reserve_ids(ProcessInstance, len(told))

    def running(self, design: ProcessDesign) -> Deployment | None:
        """The deployment of a design that runs now."""
        if design.pk not in self._running:
            self._running[design.pk] = running_of(design)
        return self._running[design.pk]

    def placed(self, running: Deployment, about: Model) -> Placement:
        """The record's group in a running deployment, from those that the batch has locked, else locked now."""
        known = self.placements.get((running.pk, str(about._meta.model_name), about.pk))
        if known is None:
            self.reach()
        return known or place(running, about)

    def beside(self, instance: ProcessInstance) -> list[Standing]:
        """The instances in operation that one in shadow watches, as the database had them when it was first asked.

        Those of all records that may be asked for are read together. Whoever moves one meanwhile is followed later.
        """
        deployment, kind, pk = instance.deployment_id, instance.about_kind, instance.about_id
        if deployment is None:
            return []
        if (deployment, kind, pk) not in self._beside:
            ids = {pk} | {each for of, each in self.about() if of == kind}
            ids = {each for each in ids if (deployment, kind, each) not in self._beside}
            found = standing_in(deployment, kind, ids)
            self._beside |= {(deployment, kind, each): found.get(each, []) for each in ids}
        return self._beside[deployment, kind, pk]

    def reach(self) -> None:
        """Call this before anything is done but in memory: from here on the database undoes it where it fails."""
        self.has_reached = True
        for reach in self._reaches:
            reach()

    @property
    def is_trying(self) -> bool:
        """Whether what runs now is a part that may fail."""
        return bool(self._reaches)

    def undo_with(self, undo: Callable[[], None]) -> None:
        """Have this called where the part that runs now fails."""
        if self.is_trying:
            self._undo.append(undo)

    @contextmanager
    def trying(self) -> Iterator[None]:
        """A part that may fail: what it did is undone then, in memory and in the database."""
        mark = len(self._undo)
        try:
            with attempt_in_memory() as reach:
                self._reaches.append(reach)
                try:
                    yield
                finally:
                    self._reaches.remove(reach)
        except BaseException:
            for undo in reversed(self._undo[mark:]):
                undo()
            del self._undo[mark:]
            self.forget_records()
            raise
        if mark == 0:
            self._undo.clear()
