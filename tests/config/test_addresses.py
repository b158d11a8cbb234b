"""An address finds the same answer by its first word as by trying every pattern."""

import pytest
from django.http import HttpResponse
from django.urls import Resolver404, URLResolver, get_resolver, include, path, re_path
from django.urls.resolvers import RoutePattern

from config.addresses import ByFirstWord


def answered(request, **given):
    return HttpResponse()


PATTERNS = [
    path("leads/", answered, name="leads"),
    path("", include([path("", answered, name="home"), path("leads/<int:pk>/", answered, name="lead")])),
    path("leads/", include(([path("mine/", answered, name="mine")], "own"), namespace="own")),
    path("pre", include([path("fix/", answered, name="prefix")])),
    re_path(r"^[0-9]{4}/$", answered, name="year"),
    path("<slug:kind>/new/", answered, name="new"),
    path("<slug:kind>/", answered, name="any"),
]
ADDRESSES = [
    "",
    "leads/",
    "leads/7/",
    "leads/mine/",
    "leads/new/",
    "prefix/",
    "2024/",
    "cases/new/",
    "cases/",
]
NOWHERE = ["leads", "leads/x/y/", "//", "cases/7/8/", "\x00/"]


@pytest.fixture
def ways():
    slow = URLResolver(RoutePattern("", is_endpoint=False), PATTERNS)
    return slow, ByFirstWord(PATTERNS)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_answers_is_the_same(ways, address):
    slow, quick = (way.resolve(address) for way in ways)
    assert (quick.view_name, quick.kwargs, quick.route) == (slow.view_name, slow.kwargs, slow.route)
    assert quick.func is answered


@pytest.mark.parametrize("address", NOWHERE)
def test_what_nothing_answers_is_refused(ways, address):
    for way in ways:
        with pytest.raises(Resolver404):
            way.resolve(address)


def test_of_all_patterns_of_the_product_few_are_tried():
    product = get_resolver()
    everything = len(product.reverse_dict)
    tried = product.resolve("/api/v1/leads/7").tried
    assert everything > 300
    assert len(tried or ()) < 30


def test_names_still_lead_to_addresses():
    assert get_resolver().reverse("help") == "help/"
