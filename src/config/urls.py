"""Every address of the product: what each package answers, the shell first, the records' own words last."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

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

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls)]
urlpatterns += [
    path("", include(f"kinflow.{package}.urls"))
    for package in PACKAGES
    if find_spec(f"kinflow.{package}.urls") is not None
]

handler400 = "kinflow.web.problems.bad_request"
handler403 = "kinflow.web.problems.refused"
handler404 = "kinflow.web.problems.not_found"
handler500 = "kinflow.web.problems.broken"
