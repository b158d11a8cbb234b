"""The addresses of the contact centre."""

from django.urls import path

from .emails import pages

urlpatterns = [
    path("emails/<int:email_id>/message/", pages.message, name="email-message"),
    path("emails/<int:email_id>/original/", pages.original, name="email-original"),
    path("emails/<int:email_id>/attachments/<int:attachment_id>/", pages.attachment, name="email-attachment"),
]
