"""An instance in shadow: its tokens move as they would, but nothing is done; what would have been done is told."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from kinflow.automation.bilingual import in_all_languages
from kinflow.automation.said import kept_in_all
from kinflow.automation.steps import Doing
from kinflow.eventlog import Event, record
from kinflow.kit.problem import Problem

from ..deployments.events import ShadowWouldHave
from ..designs.bindings import Automatic, Binding, Call, Task
from ..designs.models import ProcessDesign
from ..designs.naming import design_called
from ..designs.plans import Node
from ..designs.telling import task_words
from .events import ProcessStepBegan
from .marking import Token
from .outcomes import keep_outcomes
from .shadow_steps import result_of, stands_at
from .working import Working

MOST_SAID = 1_000


class Shadow(Working):
    """An instance that watches: timers, events and conditions are real, tasks and steps are only told.

    A task that the instance in operation stands at too is over when it is over there; any other is over at once.
    """

    @property
    def told(self) -> Any:
        """Events of what watches mention no record: they are no part of its history."""
        return self.instance

    def tell(self, event: type[Event], node: Node, **more: Any) -> None:
        """A step that began is told when it is known what it would have done."""
        if event is not ProcessStepBegan:
            super().tell(event, node, **more)

    def work(self, token: Token, node: Node) -> bool:
        """Tell what a task would have done; whether it is over at once."""
        binding = self.bindings.get(node.id, Task())
        self._would(node, lambda: self._words(token, binding))
        result = ""
        if isinstance(binding, Task):
            beside, design = self.around.beside(self.instance), self.instance.design_id
            if stands_at(beside, design, node):
                return False
            result = result_of(beside, design, node)
            self.instance.results = {**self.instance.results, node.id: result}
            self.instance.last_result = result
        if isinstance(binding, Automatic):
            keep_outcomes(self.instance, self._decided(token, binding))
        self.close(token, node, result)
        return True

    def _decided(self, token: Token, binding: Automatic) -> Iterator[Mapping[str, Any]]:
        """What decision tables say: that changes nothing, and the way goes by it."""
        for planned in binding.steps:
            try:
                yield planned.step.outcomes(self._doing(token, planned.path))
            except Problem:
                continue

    def _words(self, token: Token, binding: Binding) -> str:
        match binding:
            case Automatic(steps):
                doings = ((planned.step, self._doing(token, planned.path)) for planned in steps)
                return _("; ").join(_said(step, doing) for step, doing in doings)
            case Call(design):
                return call_words(design)
            case Task():
                return task_told(binding)
        return ""

    def _ask_for_way(self, token: Token, node: Node) -> None:
        """Nobody is asked: the tokens wait here until the deployment is over, or a process owner chooses."""
        self._would(node, lambda: _("Would ask a person for the way"))

    def _would(self, node: Node, say: Callable[[], str]) -> None:
        would = kept_in_all(
            {language: words[:MOST_SAID] for language, words in in_all_languages(say).items()}
        )
        told: Mapping[str, str] = {"step": node.name, "element": node.id, "would": would}
        record(
            ShadowWouldHave(deployment=self.instance.deployment, processinstance=self.instance, **told)  # type: ignore[arg-type]
        )


def task_told(task: Task) -> str:
    """What a step would do that gives a task to a person."""
    return _("Would give a task: %(task)s") % {"task": task_words(task)}


def call_words(design: int) -> str:
    """What a step would do that calls a design."""
    called = ProcessDesign.objects.filter(pk=design).first()
    return _("Would call “%(design)s”") % {"design": design_called(called) if called else "?"}


def _said(step: Any, doing: Doing) -> str:
    """What a step would do; where it cannot say, why."""
    try:
        return str(step.would(doing))
    except Exception as error:
        return f"{step.label}: {error}"
