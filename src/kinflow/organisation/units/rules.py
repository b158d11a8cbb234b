"""What holds in the tree of units: paths from the root down, and no circles."""

from django.utils.translation import gettext_lazy as _

ROOT = "/"
LONGEST_PATH = 400
KINDS = [
    ("company", _("Company")),
    ("business_unit", _("Business unit")),
    ("division", _("Division")),
    ("department", _("Department")),
    ("team", _("Team")),
]


def path_under(parent_path: str, unit_id: int) -> str:
    """The path of a unit below another one ("/" is the root).

    >>> path_under("/1/4/", 9)
    '/1/4/9/'
    """
    return f"{parent_path}{unit_id}/"


def closes_circle(unit_id: int, parent_path: str) -> bool:
    """Whether a unit would come to lie below itself under a parent with this path."""
    return f"/{unit_id}/" in parent_path


def moved_path(path: str, old: str, new: str) -> str:
    """The path of something below a unit whose own path changes from `old` to `new`.

    >>> moved_path("/1/4/9/", "/1/4/", "/2/4/")
    '/2/4/9/'
    """
    return new + path.removeprefix(old)


def ids_on(path: str) -> tuple[int, ...]:
    """The ids on a path, from the root down."""
    return tuple(int(part) for part in path.strip("/").split("/") if part)


def depth_of(path: str) -> int:
    """How deep a unit lies: 1 for a root."""
    return len(ids_on(path))
