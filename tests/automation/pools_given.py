"""Pools for tests."""

from datetime import timedelta

from kinflow.automation.pool.models import Pool
from kinflow.automation.pool.policies import add_pool

from .given import OWNER

DAY = timedelta(days=1)


def lead_pool(**policy) -> Pool:
    """A pool for leads; its policy as it is from the start, but for what is given."""
    more = {key: policy.pop(key) for key in ("name", "condition", "position", "kind") if key in policy}
    return add_pool(**{"kind": "lead", "name": "Leads", **more}, policy=policy, by=OWNER)
