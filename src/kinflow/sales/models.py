"""The models of sales."""

from .leads.models import Lead
from .opportunities.models import Opportunity
from .pipelines.models import Pipeline, Stage

__all__ = ["Lead", "Opportunity", "Pipeline", "Stage"]
