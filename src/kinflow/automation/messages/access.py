"""Who may do what with messages, channels, templates and webhooks."""

from kinflow.eventlog import Actor
from kinflow.records.access import (
    ADMINISTRATOR,
    ALL,
    AUDITOR,
    OWN,
    PROCESS_OWNER,
    ROLES,
    TEAM_LEAD,
    accesses,
    grant,
    in_token_scope,
    may,
    scope_of,
)

EVERYBODY = dict.fromkeys((role for role in ROLES if role not in (AUDITOR, ADMINISTRATOR)), OWN)

grant(
    "message",
    owned=False,
    see={PROCESS_OWNER: ALL},
    run={
        ("automation.send", "automation.escalate"): {},
        "automation.retry_delivery": {PROCESS_OWNER: ALL},
    },
)
grant("messagechoice", see=EVERYBODY, run={"automation.choose_messages": EVERYBODY})
grant(
    "channel",
    see={**dict.fromkeys(ROLES, ALL)},
    run={
        ("automation.add_channel", "automation.change_channel", "automation.switch_channel"): {
            **EVERYBODY,
            PROCESS_OWNER: ALL,
        },
    },
)
grant(
    "messagetemplate",
    owned=False,
    see={PROCESS_OWNER: ALL, TEAM_LEAD: ALL},
    run={
        ("automation.add_template", "automation.change_template"): {PROCESS_OWNER: ALL},
    },
)
grant(
    "webhook",
    owned=False,
    see={PROCESS_OWNER: ALL},
    run={
        (
            "automation.add_webhook",
            "automation.change_webhook",
            "automation.switch_webhook",
            "automation.replay_call",
            "automation.renew_secret",
        ): {},
        ("automation.stop_webhook", "automation.call_webhook"): {},
    },
)


def _sees(by: Actor, kind: str) -> bool:
    return bool(scope_of(by, accesses[kind].see)) and in_token_scope(by, kind, "read")


def sees_deliveries(by: Actor) -> bool:
    """Whether the actor sees what became of everybody's messages."""
    return _sees(by, "message")


def sees_channels(by: Actor) -> bool:
    """Whether the actor sees the channels."""
    return _sees(by, "channel")


def keeps_channels(by: Actor) -> bool:
    """Whether the actor keeps everybody's channels, not only their own."""
    return scope_of(by, accesses["channel"].run["automation.change_channel"]) == ALL


def sees_webhooks(by: Actor) -> bool:
    """Whether the actor sees webhooks."""
    return _sees(by, "webhook")


def changes_webhooks(by: Actor) -> bool:
    """Whether the actor keeps webhooks."""
    return may(by, "automation.change_webhook", kind="webhook")


def sees_templates(by: Actor) -> bool:
    """Whether the actor sees message templates."""
    return _sees(by, "messagetemplate")
