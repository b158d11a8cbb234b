"""The posts of the company: how many people hold each, what they can, and when they work."""

from .post import LEAD, PROCESS, Post, head
from .sales import SALES
from .service import SERVICE
from .technical import FINANCE, MARKETING, TECHNICAL

__all__ = ["POSTS", "Post"]

POSTS = (
    head("company", "总裁", "Chief executive officer", 1, roles=LEAD, seniority=(5, 5), focus=0.3),
    Post(
        "company",
        "流程与组织总监",
        "Head of processes",
        2,
        roles=PROCESS,
        seniority=(4, 4),
        takes_work=False,
        focus=0.4,
    ),
    *SALES,
    *MARKETING,
    *TECHNICAL,
    *SERVICE,
    *FINANCE,
)
