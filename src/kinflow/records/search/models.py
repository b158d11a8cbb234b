"""The search index: one row per record, derived from the records and never the truth itself."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from kinflow.kit.loaded import Loaded


class SearchDocument(Loaded):
    """What a record is found by and shown as.

    `open_tokens` are the tokens without those of sensitive fields, where that makes a difference; people who may not
    read such fields search in these. `seen_tx`: all transactions before it are reflected.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    title = models.CharField(max_length=300, blank=True, default="")
    subtitle = models.CharField(max_length=300, blank=True, default="")
    tokens = SearchVectorField()
    open_tokens = SearchVectorField(null=True)
    owner_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    seen_tx = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")]
        indexes = [
            GinIndex(fields=["tokens"], name="search_tokens"),
            GinIndex(fields=["open_tokens"], name="search_open_tokens"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.title}"
