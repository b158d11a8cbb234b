"""The addresses of import."""

from django.urls import path

from . import pages

urlpatterns = [
    path("import/", pages.imports, name="imports"),
    path("import/tray/", pages.tray, name="import_tray"),
    path("import/<pk:pk>/", pages.import_page, name="import"),
    path("import/<pk:pk>/columns/", pages.choose_columns, name="import_columns"),
    path("import/<pk:pk>/cancel/", pages.cancel, name="import_cancel"),
    path("import/<pk:pk>/undo/", pages.undo, name="import_undo"),
    path("import/<pk:pk>/rejects.csv", pages.rejects, name="import_rejects"),
]
