"""What an opportunity is worth, and when it may move."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

DEFAULT_STAGES = [
    ("confirm", _("Confirm need"), "线索确认", 10),
    ("analyse", _("Analyse need"), "需求分析", 25),
    ("design", _("Design solution"), "方案设计", 40),
    ("quote", _("Quote"), "报价", 60),
    ("negotiate", _("Negotiate"), "谈判", 80),
]
LOST_REASONS = [
    ("price", _("Price")),
    ("delivery", _("Delivery time")),
    ("quality", _("Quality or product fit")),
    ("late", _("We were too slow")),
    ("competitor", _("Relation to a competitor")),
    ("cancelled", _("Project cancelled")),
    ("credit", _("Credit check refused")),
    ("other", _("Other")),
]


def expected_amount(amount: Decimal, probability: int) -> Decimal:
    """The amount weighted by the probability in percent."""
    return (amount * probability / 100).quantize(Decimal("0.01"))
