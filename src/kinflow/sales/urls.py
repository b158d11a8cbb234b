"""The addresses of sales."""

from django.urls import include, path

urlpatterns = [path("", include("kinflow.sales.territories.urls"))]
