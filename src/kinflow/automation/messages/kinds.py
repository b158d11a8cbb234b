"""How urgent messages are, by which ways they go, and what can become of them."""

from django.utils.translation import gettext_lazy as _

LOW, NORMAL, URGENT = "low", "normal", "urgent"
URGENCIES = [(LOW, _("for information")), (NORMAL, _("normal")), (URGENT, _("urgent"))]

APP, EMAIL, CHAT = "app", "email", "chat"
WAYS = [(APP, _("In Kinflow")), (EMAIL, _("By e-mail")), (CHAT, _("By chat service"))]

WAITING, HELD, DIGEST, SENDING, SENT, FAILED = "waiting", "held", "digest", "sending", "sent", "failed"
UNNEEDED = "unneeded"
STATES = [
    (WAITING, _("waiting")),
    (HELD, _("held by quiet hours")),
    (DIGEST, _("waits for the digest")),
    (SENDING, _("being sent")),
    (SENT, _("sent")),
    (FAILED, _("failed")),
    (UNNEEDED, _("read before it went")),
]
TONES = {
    SENT: "good",
    FAILED: "bad",
    HELD: "",
    DIGEST: "",
    UNNEEDED: "",
    WAITING: "accent",
    SENDING: "accent",
}
CLAIMABLE = (WAITING, HELD, DIGEST)

DIGESTS = [("", _("no digest")), ("hourly", _("every hour")), ("daily", _("every day"))]
QUIET = [("", _("at any time")), ("calendar", _("only in my working hours"))]
