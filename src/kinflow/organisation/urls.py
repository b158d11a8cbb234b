"""The addresses of the organisation."""

from django.urls import include, path

urlpatterns = [path("", include("kinflow.organisation.users.urls"))]
