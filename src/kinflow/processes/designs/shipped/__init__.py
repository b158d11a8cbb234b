"""Reference processes that come with the product: models with bindings, ready to be looked at, changed and run."""

from .campaign import CAMPAIGN
from .case import CASE
from .complaint import COMPLAINT
from .lead import LEAD
from .order import ORDER
from .parts import Shipped
from .quote import QUOTE
from .repair import REPAIR
from .returned import RETURN
from .win_back import WIN_BACK

__all__ = ["SHIPPED", "Shipped"]

SHIPPED = (LEAD, QUOTE, ORDER, CASE, COMPLAINT, REPAIR, RETURN, WIN_BACK, CAMPAIGN)
