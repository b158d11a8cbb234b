"""The contact, its ways to be reached, and the accounts it belongs to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinflow.eventlog import Recorded
from kinflow.organisation.ownership import Owned
from kinflow.records.models import Record

POINT_KINDS = [
    ("email", _("E-mail")),
    ("phone", _("Phone")),
    ("mobile", _("Mobile")),
    ("address", _("Address")),
    ("wecom", _("WeCom")),
    ("wechat", _("WeChat")),
    ("qq", _("QQ")),
    ("dingtalk", _("DingTalk")),
    ("feishu", _("Feishu")),
    ("whatsapp", _("WhatsApp")),
    ("other", _("Other")),
]


class Contact(Record, Owned):
    """A person outside; `email` and `phone` repeat the main points so that lists need no join."""

    family_name = models.CharField(_("family name"), max_length=100, blank=True, default="")
    given_name = models.CharField(_("given name"), max_length=100, blank=True, default="")
    title = models.CharField(_("job title"), max_length=120, blank=True, default="")
    department = models.CharField(_("department"), max_length=120, blank=True, default="")
    account = models.ForeignKey(
        "customers.Account",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("main account"),
    )
    email = models.CharField(_("e-mail"), max_length=254, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    province = models.CharField(_("province"), max_length=60, blank=True, default="")
    city = models.CharField(_("city"), max_length=100, blank=True, default="")
    birthday = models.CharField(_("birthday"), max_length=10, blank=True, default="")
    source = models.CharField(_("source"), max_length=40, blank=True, default="")
    notes = models.TextField(_("notes"), blank=True, default="")
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["owner", "id"], name="contact_owner"),
            models.Index(fields=["unit", "id"], name="contact_unit"),
            models.Index(fields=["email"], name="contact_email"),
            models.Index(fields=["phone"], name="contact_phone"),
            models.Index(fields=["family_name", "given_name", "id"], name="contact_name"),
            models.Index(fields=["changed_at", "id"], name="contact_changed"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The full name, surname first where it is Chinese."""
        from kinflow.kit.names import display

        return display(self.family_name, self.given_name)


class ContactPoint(Recorded):
    """One way to reach a contact; `value` is normalised (E.164, lower-case address), `given` as it was entered."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="points")
    kind = models.CharField(_("kind"), max_length=10, choices=POINT_KINDS)
    value = models.CharField(_("value"), max_length=300)
    given = models.CharField(max_length=300, blank=True, default="")
    label = models.CharField(_("label"), max_length=60, blank=True, default="")
    is_main = models.BooleanField(_("main"), default=False)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["contact", "kind", "value"], name="contact_point_once")
        ]
        indexes = [models.Index(fields=["kind", "value"], name="contact_point_value")]

    def __str__(self) -> str:
        return self.value

    def whole(self) -> Contact:
        """The contact."""
        return self.contact


class Membership(Recorded):
    """A contact's role at an account, besides or instead of the main one."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="memberships")
    account = models.ForeignKey("customers.Account", models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=120, blank=True, default="")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["contact", "account"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.account_id}"

    def whole(self) -> Contact:
        """The contact."""
        return self.contact
