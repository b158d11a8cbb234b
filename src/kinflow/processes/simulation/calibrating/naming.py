"""How calibrations are called in the log's sentences."""

from django.utils.translation import gettext_lazy as _

from kinflow.records.long_work.naming import named

from .models import Calibration

named(Calibration, _("the calibration of %(name)s"), "process", lambda process: process.called)
