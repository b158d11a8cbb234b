"""The addresses of approvals."""

from django.urls import path

from . import pages

urlpatterns = [
    path("approvals/", pages.approvals, name="approvals"),
    path("approvals/<int:pk>/", pages.approval, name="approval"),
]
