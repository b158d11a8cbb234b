"""What a design can begin with besides a file: the model that a process's log tells, or one it is held against."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kinflow.kit.problem import Invalid

from ..bpmn.writing import write_bpmn
from ..conformance.keeping import model_at
from ..conformance.pages import discovered_of, noise_of
from ..discovery.inductive import TooManyActivities
from ..studio.subject import Subject, subject_of


@dataclass(frozen=True)
class Source:
    """A process of the studio, or one of its reference models, by the address of the page of designs."""

    subject: Subject
    reference: int
    noise: int
    name: str

    @property
    def address(self) -> str:
        """The query that names it."""
        asked = {"from": self.subject.process.key, "noise": self.noise}
        return "?" + urlencode(asked | ({"reference": self.reference} if self.reference else {}))

    def content(self) -> bytes:
        """Its BPMN file. Raises Invalid where no model can be told."""
        process, subject = self.subject.process, self.subject
        if self.reference:
            return bytes(model_at(process, self.reference, subject.by).content)
        try:
            found = discovered_of(subject, self.noise)
        except TooManyActivities as error:
            raise Invalid(_("There are too many kinds of steps for a model.")) from error
        labels = {step: subject.named(step) for step in found.tree.steps}
        return write_bpmn(found.model(name=process.called, labels=labels))


def source_of(request: HttpRequest) -> Source | None:
    """What the address names, where the actor may see it. Raises Refused, NotFound."""
    key, asked = request.GET.get("from", ""), request.GET.get("reference", "")
    if not key:
        return None
    subject = subject_of(request, key)
    reference = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    name = model_at(subject.process, reference, subject.by).name if reference else subject.process.called
    return Source(subject, reference, noise_of(request), name)
