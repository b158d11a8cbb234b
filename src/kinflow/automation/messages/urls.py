"""The addresses of messages, channels, templates, webhooks and the board of reached states."""

from django.urls import path

from ..webhooks import pages as webhooks
from . import channel_editing, channel_pages, pages, reached_pages, template_pages

urlpatterns = [
    path("messages/settings/", pages.choices, name="message_choices"),
    path("messages/<int:pk>/", pages.opened, name="message"),
    path("deliveries/", pages.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/retry/", pages.retry, name="retry_delivery"),
    path("reached/", reached_pages.board, name="reached"),
    path("channels/", channel_pages.channels, name="channels"),
    path("channels/<int:pk>/", channel_editing.channel, name="channel"),
    path("channels/<int:pk>/switch/", channel_pages.switch, name="switch_channel"),
    path("channels/<int:pk>/try/", channel_pages.trial, name="try_channel"),
    path("templates/", template_pages.templates, name="templates"),
    path("templates/new/", template_pages.new_template, name="new_template"),
    path("templates/preview/<slug:kind>/", template_pages.preview, name="template_preview"),
    path("templates/<int:pk>/", template_pages.template, name="template"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/new/", webhooks.new_webhook, name="new_webhook"),
    path("webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:pk>/switch/", webhooks.switch, name="switch_webhook"),
    path("webhooks/<int:pk>/renew/", webhooks.renew, name="renew_webhook"),
    path("webhooks/calls/<int:pk>/replay/", webhooks.replay, name="replay_call"),
]
