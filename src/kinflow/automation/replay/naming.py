"""How replays and proposed weights are called in the log's sentences."""

from django.utils.translation import gettext_lazy as _

from kinflow.records.long_work.naming import named

from ..naming import called
from .models import ScoringReplay, WeightLearning

named(ScoringReplay, _("the replay of %(name)s"), "scoring", called)
named(WeightLearning, _("proposed weights of %(name)s"), "scoring", called)
