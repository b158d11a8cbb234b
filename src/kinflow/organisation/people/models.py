"""The person, and what belongs to one: skills, languages, absences, capacity."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.records.models import Record

from .rules import ABSENCE_KINDS, PRESENCES, WORK_KINDS

__all__ = [
    "ABSENCE_KINDS",
    "PRESENCES",
    "WORK_KINDS",
    "Absence",
    "Capacity",
    "LanguageSkill",
    "Person",
    "PersonSkill",
]


class Person(Record):
    """Somebody who works here."""

    family_name = models.CharField(_("family name"), max_length=100)
    given_name = models.CharField(_("given name"), max_length=100, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="people")
    position = models.ForeignKey(
        "organisation.Position", models.PROTECT, null=True, blank=True, related_name="people"
    )
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reports")
    seniority = models.PositiveSmallIntegerField(_("seniority"), default=2)
    calendar = models.ForeignKey(
        "organisation.WorkingCalendar", models.PROTECT, null=True, blank=True, related_name="people"
    )
    territories = models.ManyToManyField("organisation.Territory", blank=True, related_name="people")
    presence = models.CharField(_("presence"), max_length=10, choices=PRESENCES, default="offline")
    presence_at = models.DateTimeField(null=True, blank=True)
    takes_work = models.BooleanField(_("takes assigned work"), default=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    roles = ArrayField(models.CharField(max_length=20), verbose_name=_("roles"), default=list, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once", condition=~models.Q(email="")),
            models.CheckConstraint(
                condition=models.Q(seniority__gte=1, seniority__lte=5), name="person_seniority_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The full name, surname first where it is Chinese."""
        from kinflow.kit.names import display

        return display(self.family_name, self.given_name)

    @property
    def owner_id(self) -> int | None:
        """The person themselves: everybody's own record is the one about them."""
        return self.pk


class PersonSkill(Recorded):
    """A person's level in a skill, from 1 (beginner) to 5 (expert)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="skills")
    skill = models.ForeignKey("organisation.Skill", models.PROTECT, related_name="holders")
    level = models.PositiveSmallIntegerField(_("level"))

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="person_skill_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5), name="person_skill_level_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"

    def whole(self) -> Person:
        """The person."""
        return self.person


class LanguageSkill(Recorded):
    """A language a person works in (ISO 639-1), with a level from 1 to 5."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=8)
    level = models.PositiveSmallIntegerField(_("level"), default=5)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="person_language_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5), name="person_language_level_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"

    def whole(self) -> Person:
        """The person."""
        return self.person


class Absence(Recorded):
    """A span in which a person does not work."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    kind = models.CharField(_("kind"), max_length=10, choices=ABSENCE_KINDS, default="leave")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["person", "ends_at"], name="absence_person_end")]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d} – {self.ends_at:%Y-%m-%d}"

    def whole(self) -> Person:
        """The person."""
        return self.person


class Capacity(Recorded):
    """How heavy the open work of one kind may be that a person holds."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="capacities")
    kind = models.CharField(_("kind of work"), max_length=20, choices=WORK_KINDS)
    limit = models.DecimalField(_("limit"), max_digits=8, decimal_places=2)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="capacity_once"),
            models.CheckConstraint(condition=models.Q(limit__gte=0), name="capacity_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.limit}"

    def whole(self) -> Person:
        """The person."""
        return self.person
