"""The process."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kinflow.records.models import Record


class Process(Record):
    """A way of working: which records are its cases, and which events of theirs are its steps.

    `steps`, `phases`, `begins`, `ends`, `goals` and `rates` are as `drafts.read_content` cleans them. `condition` says
    which records of the kind are cases (all where it is empty).
    """

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True, default="")
    case_kind = models.CharField(_("what its cases are"), max_length=40, blank=True, default="")
    condition = models.JSONField(_("which of them"), default=dict, blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True)
    phases = models.JSONField(_("phases"), default=list, blank=True)
    begins = models.JSONField(_("first steps"), default=list, blank=True)
    ends = models.JSONField(_("last steps"), default=list, blank=True)
    goals = models.JSONField(_("goals"), default=list, blank=True)
    rates = models.JSONField(_("cost rates"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("active"), default=True)
    shipped_as = models.CharField(max_length=20, blank=True, default="", editable=False)

    class Meta(Record.Meta):
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name in the reader's language."""
        is_chinese = (translation.get_language() or "").startswith("zh")
        return (self.name_zh if is_chinese else "") or self.name
