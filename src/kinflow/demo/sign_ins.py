"""Who may be seen at the demo's door: role, login and password; the company's other people get no sign-in."""

PASSWORD = "pumps-and-seals-42"  # noqa: S105 (shown to everybody at the demo's door, and of no use elsewhere)

SEATS = [
    ("Sales representative", "sales", "east-zhejiang-2"),
    ("Sales representative", "overseas", "overseas-europe-2"),
    ("Team lead", "lead", "east-zhejiang-1"),
    ("Service agent", "service", "hotline-1"),
    ("Marketer", "marketing", "marketing-digital-2"),
    ("Process owner", "process", ""),
    ("Administrator", "admin", ""),
    ("Auditor (reads only)", "audit", ""),
]
"""What is shown, the login, and the person's seat; without one it is the first who has the role."""
SIGN_INS = [(role, login, PASSWORD) for role, login, _seat in SEATS]
