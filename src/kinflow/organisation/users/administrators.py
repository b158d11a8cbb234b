"""There is always somebody who can set things up."""

from django.db.models import Q
from django.utils.translation import gettext as _

from kinflow.kit.problem import Conflict
from kinflow.records.access import ADMINISTRATOR

from ..people.models import Person
from .models import User


class LastAdministrator(Conflict):
    """Nobody would be left who can set things up."""

    code = "last-administrator"


def keep_an_administrator(leaving: User) -> None:
    """See that somebody else can still set things up: with a sign-in that is alive, and no last day noted.

    The others are locked until the transaction ends, so that two cannot leave at once. Raises LastAdministrator.
    """
    administrators = Person.objects.filter(roles__contains=[ADMINISTRATOR]).values("pk")
    leavers = Person.objects.filter(left_on__isnull=False).values("pk")
    others = User.objects.filter(Q(is_superuser=True) | Q(person_id__in=administrators), is_active=True)
    staying = others.exclude(pk=leaving.pk).exclude(person_id__in=leavers)
    if not staying.select_for_update().exists():
        raise LastAdministrator(
            _("Nobody else could set things up."),
            remedy=_("Make somebody else an administrator first."),
        )
