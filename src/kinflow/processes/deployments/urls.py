"""The addresses of live operation, all below a design."""

from django.urls import path

from . import moving_pages, pages, running_pages

urlpatterns = [
    path("process-design/<int:pk>/live/", pages.live_page, name="design_live"),
    path(
        "process-design/<int:pk>/live/<int:deployment>/<slug:verb>/",
        pages.change_page,
        name="design_live_change",
    ),
    path("process-design/<int:pk>/running/", running_pages.running_page, name="design_running"),
    path("process-design/<int:pk>/moving/", moving_pages.moving_page, name="design_moving"),
]
