"""From which address a request came: what proxies say is believed, what callers say is not."""

import pytest
from django.test import RequestFactory

from kinflow.web.callers import address_of


def seen(connected: str, forwarded: str | None = None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=connected))


def test_without_proxies_nothing_is_believed_but_the_connection():
    assert seen("203.0.113.9", "10.0.0.7") == "203.0.113.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "198.51.100.4", "198.51.100.4"),
        (1, "10.0.0.7, 198.51.100.4", "198.51.100.4"),
        (1, "10.0.0.7,10.0.0.8 ,198.51.100.4 ", "198.51.100.4"),
        (2, "10.0.0.7, 198.51.100.4, 192.0.2.1", "198.51.100.4"),
        (1, "198.51.100.4:5512", "198.51.100.4"),
        (1, "[2001:db8:1:2:3::4]:5512", "2001:db8:1:2::"),
    ],
)
def test_the_entry_that_the_first_trusted_proxy_made_is_believed(settings, proxies, forwarded, address):
    settings.PROXIES = proxies
    assert seen("192.0.2.2", forwarded) == address


@pytest.mark.parametrize("forwarded", [None, "", "unknown", "10.0.0.7, <script>", "1.2.3.4.5", "_hidden"])
def test_what_is_no_address_is_not_believed(settings, forwarded):
    settings.PROXIES = 1
    assert seen("192.0.2.2", forwarded) == "192.0.2.2"


def test_a_request_that_passed_too_few_proxies_is_its_connection(settings):
    settings.PROXIES = 3
    assert seen("192.0.2.2", "10.0.0.7, 198.51.100.4") == "192.0.2.2"


def test_all_addresses_of_one_network_are_one_caller():
    assert seen("2001:db8:1:2::5") == seen("2001:db8:1:2:ffff::6") != seen("2001:db8:1:3::5")
    assert seen("::ffff:203.0.113.9") == "203.0.113.9"
    assert seen("::1") == "::1"
