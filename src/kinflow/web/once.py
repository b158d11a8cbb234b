"""Writes that happen once however often they are sent: by the key that the caller gives each."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinflow.kit.problem import Conflict, Invalid

from .models import KeptAnswer

KEPT = timedelta(hours=24)
LONGEST_KEY = 200
REPLAYED = "Idempotent-Replayed"
_HEADERS = ("Content-Type", "ETag", "Location")
_PURGED_AT_ONCE = 20


class BadKey(Invalid):
    """The idempotency key is no key."""

    status = 400
    code = "bad-idempotency-key"
    title = gettext_lazy("This idempotency key cannot be used")


class KeyUsed(Conflict):
    """The key was used for another request."""

    code = "idempotency-key-used"
    title = gettext_lazy("This idempotency key was used for something else")


def digest_of(*parts: str | bytes) -> str:
    """One SHA-256 over the parts of a request, as hexadecimal digits."""
    total = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode(errors="replace")
        total.update(len(content).to_bytes(8, "big") + content)
    return total.hexdigest()


def once(caller: str, key: str, digest: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of `run`, which runs only if the caller has not sent this key within a day.

    All that `run` writes and the answer are kept together or not at all; answers of 400 and above are not kept, so
    that the caller may try again. Of two at once the second waits, and gets the answer of the first.
    Raises BadKey for a key that is none, KeyUsed where the key came with another request.
    """
    if not (0 < len(key) <= LONGEST_KEY) or not key.isprintable():
        raise BadKey(_("A key is 1 to %(most)d printable characters.") % {"most": LONGEST_KEY})
    with transaction.atomic():
        _forget_old(caller, key)
        kept = KeptAnswer(caller=caller, key=key, digest=digest)
        if not _claimed(kept):
            return _again(KeptAnswer.objects.get(caller=caller, key=key), digest)
        answer = run()
        if answer.status_code >= 400:
            transaction.set_rollback(True)
            return answer
        headers = {name: answer[name] for name in _HEADERS if name in answer}
        KeptAnswer.objects.filter(caller=caller, key=key).update(
            status=answer.status_code, headers=headers, body=answer.content
        )
        return answer


def forget_answers(texts: Iterable[str]) -> int:
    """Remove the kept answers in which one of these texts stands; how many there were."""
    wanted = [text for text in texts if len(text) > 1]
    if not wanted:
        return 0
    found = KeptAnswer.objects.extra(  # noqa: S610
        where=[
            "EXISTS (SELECT 1 FROM unnest(%s::text[]) AS t WHERE position(convert_to(t, 'UTF8') in body) > 0)"
        ],
        params=[wanted],
    )
    return found.delete()[0]


def _claimed(kept: KeptAnswer) -> bool:
    """Whether the key is ours now; waits for whoever holds it in an open transaction."""
    KeptAnswer.objects.bulk_create([kept], ignore_conflicts=True)
    mine = KeptAnswer.objects.filter(caller=kept.caller, key=kept.key, kept_at=kept.kept_at)
    return mine.filter(status=0, digest=kept.digest).exists()


def _again(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.digest != digest:
        raise KeyUsed(
            _("Another request came with this key before."),
            remedy=_("Use a fresh key for each thing to be done."),
        )
    answer = HttpResponse(bytes(kept.body), status=kept.status, headers=kept.headers)
    answer[REPLAYED] = "true"
    return answer


def _forget_old(caller: str, key: str) -> None:
    """Remove this key's answer, and some others, where they were kept long enough: nothing else has to clean up."""
    old = KeptAnswer.objects.filter(kept_at__lt=timezone.now() - KEPT)
    old.filter(caller=caller, key=key).delete()
    some = old.select_for_update(skip_locked=True).order_by("kept_at").values("pk")[:_PURGED_AT_ONCE]
    KeptAnswer.objects.filter(pk__in=list(some.values_list("pk", flat=True))).delete()
