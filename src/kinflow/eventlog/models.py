"""The tables of the log: entries, what they mention, and how far each reader has read."""

from typing import Any, NamedTuple

from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property

from kinflow.kit.loaded import Loaded


class Xid8Field(models.Field):
    """The id of the transaction that wrote a row (PostgreSQL's xid8)."""

    description = "transaction id"

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return "xid8"


class CurrentTransaction(models.Func):
    """The id of the current transaction."""

    function = "pg_current_xact_id"
    output_field = Xid8Field()


class Entry(Loaded):
    """One fact: what happened, when, by whom, in which command, caused by which other entry."""

    tx = Xid8Field(db_default=CurrentTransaction())
    name = models.CharField(max_length=100)
    at = models.DateTimeField(db_default=Now())
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=200, db_default="")
    unit_id = models.BigIntegerField(null=True)
    command = models.CharField(max_length=100)
    command_id = models.UUIDField()
    caused_by = models.BigIntegerField(null=True)
    depth = models.SmallIntegerField(db_default=0)
    data = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["tx", "id"], name="entry_order"),
            models.Index(fields=["name", "id"], name="entry_name"),
            models.Index(fields=["at"], name="entry_at"),
            models.Index(fields=["actor_kind", "actor_id", "id"], name="entry_actor"),
            models.Index(
                fields=["caused_by"], name="entry_cause", condition=models.Q(caused_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    @cached_property
    def mentioned(self) -> list["About"]:
        """What the entry is about; `timeline.with_mentions` reads it for many entries at once."""
        return [About(one.role, one.kind, one.object_id) for one in self.mentions.all()]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused: the log is written by `record` only."""
        raise TypeError("the log is append-only: use record() inside an action")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused: nothing is ever taken out of the log."""
        raise TypeError("the log is append-only")


class About(NamedTuple):
    """A mention as it is read with its entry: the role, the kind and the id of what the entry is about."""

    role: str
    kind: str
    object_id: int


class Mention(Loaded):
    """One object an entry is about; an entry may mention many (OCEL 2.0's event-to-object relation)."""

    pk = models.CompositePrimaryKey("kind", "object_id", "entry_id", "role")
    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="mentions", db_constraint=False)
    role = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} as {self.role}"


class Cursor(models.Model):
    """How far one reader has read: everything up to (tx, id) is done."""

    reader = models.CharField(max_length=100, primary_key=True)
    tx = models.BigIntegerField(default=0)
    entry_id = models.BigIntegerField(default=-1)
    moved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.reader} at {self.tx}/{self.entry_id}"


class Failure(models.Model):
    """An entry a reader could not deal with; it is tried again with growing pauses, then rests."""

    reader = models.CharField(max_length=100)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    error = models.TextField()
    attempts = models.PositiveSmallIntegerField(default=1)
    failed_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, help_text="empty: it rests until somebody looks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "entry"], name="failure_once")]

    def __str__(self) -> str:
        return f"{self.reader}: entry {self.entry_id}"
