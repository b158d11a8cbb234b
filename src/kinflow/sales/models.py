"""The models of sales."""

from .leads.models import Lead
from .opportunities.models import Opportunity
from .pipelines.models import Pipeline, Stage
from .territories.models import AccountTerritory, TerritoryMove, TerritoryPlan, TerritoryRule

__all__ = [
    "AccountTerritory",
    "Lead",
    "Opportunity",
    "Pipeline",
    "Stage",
    "TerritoryMove",
    "TerritoryPlan",
    "TerritoryRule",
]
