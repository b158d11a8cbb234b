"""Who may be seen at the demo's door: role, login and password; the company's other people get no sign-in."""

PASSWORD = "pumps-and-seals-42"  # noqa: S105 (shown to everybody at the demo's door, and of no use elsewhere)

SEATS = {
    "representative": ("east-zhejiang-2", "sales"),
    "team lead": ("east-zhejiang-1", "lead"),
    "service agent": ("hotline-1", "service"),
    "marketer": ("marketing-digital-2", "marketing"),
    "process owner": ("", "process"),
    "administrator": ("", "admin"),
    "auditor": ("", "audit"),
    "overseas sales": ("overseas-europe-2", "overseas"),
}
"""By what is shown: the seat of the person, or nothing where the first who has the role is meant, and the login."""
SIGN_INS = [(role, login, PASSWORD) for role, (_seat, login) in SEATS.items()]
