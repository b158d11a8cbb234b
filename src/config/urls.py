"""Every address of the product: what each package answers, the shell first, the records' own words last."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from config.addresses import ByFirstWord
from config.api.application import api

PACKAGES = (
    "web",
    "organisation",
    "catalogue",
    "customers",
    "sales",
    "service",
    "contact_center",
    "automation",
    "processes",
    "demo",
    "records",
)

_of_api, _app, _space = api.urls
_pages = [
    path("", include(f"kinflow.{package}.urls"))
    for package in PACKAGES
    if find_spec(f"kinflow.{package}.urls") is not None
]
urlpatterns: list[URLPattern | URLResolver] = [
    ByFirstWord([path("api/v1/", ([ByFirstWord(_of_api)], _app, _space)), *_pages])
]

handler400 = "kinflow.web.problems.bad_request"
handler403 = "kinflow.web.problems.refused"
handler404 = "kinflow.web.problems.not_found"
handler500 = "kinflow.web.problems.broken"
