"""The saved view."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog.recorded import Recorded


class SavedView(Recorded):
    """One tab above a list: what it shows, in which columns and order; `is_shared` views are everybody's."""

    kind = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=80)
    condition = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=list, blank=True)
    sort = models.CharField(max_length=60, blank=True, default="")
    owner_id = models.BigIntegerField(null=True)
    is_shared = models.BooleanField(_("shared"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["kind", "owner_id", "id"], name="saved_view_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """How an address names the view."""
        return f"v{self.pk}"
