"""What can be asked about accounts."""

from kinflow.kit.names import company_key

from .models import Account


def ancestors_of(account: Account) -> list[int]:
    """The ids of the account and of all it belongs to, upwards."""
    found: list[int] = []
    now: int | None = account.pk
    while now is not None and now not in found:
        found.append(now)
        now = Account.objects.filter(pk=now).values_list("parent_id", flat=True).first()
    return found


def accounts_called(name: str) -> list[Account]:
    """The accounts whose name means the same, whatever their legal form and spelling; oldest first."""
    key = company_key(name)[:300]
    return list(Account.objects.filter(key=key).order_by("pk")) if key else []
