"""How searches are called in the log's sentences."""

from django.utils.translation import gettext_lazy as _

from kinflow.records.long_work.naming import named

from .models import MoveSearch

named(MoveSearch, _("a search for the best moves for %(name)s"), "process", lambda process: process.called)
