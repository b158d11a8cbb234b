"""The addresses that these tests visit."""

from django.urls import include, path

urlpatterns = [path("", include("kinflow.sales.urls")), path("", include("kinflow.records.urls"))]
