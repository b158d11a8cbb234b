"""E-mail addresses made one form, so that one person has one."""

import re
from functools import lru_cache

from kinflow.kit.folding import half_width

LONGEST, LONGEST_LOCAL, LONGEST_DOMAIN = 254, 64, 253  # RFC 5321: octets
_PLAIN = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_LOCAL = re.compile(r"[^\s\x00-\x1f\x7f@,;:<>()\[\]\"\\.]+(?:\.[^\s\x00-\x1f\x7f@,;:<>()\[\]\"\\.]+)*")


def normalised(address: str) -> str | None:
    """The address in small letters with its domain in ASCII (IDNA 2008); None when it is no address.

    Quoted local parts and addresses of bare IP numbers are taken for none. Normalising again changes nothing.

    >>> normalised(" Li.Wei@Example.COM "), normalised("li@公司.cn"), normalised("li@nowhere")
    ('li.wei@example.com', 'li@xn--55qx5d.cn', None)
    """
    if len(address) > 2 * LONGEST:
        return None
    plain = half_width(address).strip().lower()
    local, _at, domain = plain.rpartition("@")
    if not local or not _LOCAL.fullmatch(local) or not local.isprintable():
        return None
    found = f"{local}@{domain if domain.isascii() else _ascii(domain)}"
    rest = "x" * len(local.encode("utf-8", "replace")) if not local.isascii() else local
    is_address = len(rest) <= LONGEST_LOCAL and _PLAIN.fullmatch(rest + found[len(local) :]) is not None
    return found if is_address and len(found.encode("utf-8", "replace")) <= LONGEST else None


def domain_of(address: str) -> str:
    """The domain of a normalised address; empty without one."""
    return address.rpartition("@")[2] if "@" in address else ""


@lru_cache(maxsize=4096)
def _ascii(domain: str) -> str:
    """An international domain in ASCII; empty when there is no such domain."""
    import idna  # its tables take a moment that most addresses need not spend

    try:
        return idna.encode(domain, uts46=True).decode("ascii").lower()
    except idna.IDNAError:
        return ""
