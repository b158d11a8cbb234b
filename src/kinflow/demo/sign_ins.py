"""Who may be seen at the demo's door: role, login and password; the company's other people get no sign-in."""

PASSWORD = "pumps-and-seals-42"  # noqa: S105 (shown to everybody at the demo's door, and of no use elsewhere)

DOOR = [
    ("Sales representative", "sales"),
    ("Sales representative", "overseas"),
    ("Team lead", "lead"),
    ("Service agent", "service"),
    ("Marketer", "marketing"),
    ("Process owner", "process"),
    ("Administrator", "admin"),
    ("Auditor (reads only)", "audit"),
]
"""What is shown, and the login."""
SIGN_INS = [(role, login, PASSWORD) for role, login in DOOR]
