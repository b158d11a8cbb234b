"""The addresses of processes; the studio's come last, since a process's key could be any word."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kinflow.processes.structure.urls")),
    path("", include("kinflow.processes.structure.diagrams.urls")),
    path("", include("kinflow.processes.objects.urls")),
    path("", include("kinflow.processes.logs.urls")),
    path("", include("kinflow.processes.conformance.urls")),
    path("", include("kinflow.processes.designs.urls")),
    path("", include("kinflow.processes.benefits.urls")),
    path("", include("kinflow.processes.redesigns.urls")),
    path("", include("kinflow.processes.deployments.urls")),
    path("", include("kinflow.processes.execution.urls")),
    path("", include("kinflow.processes.diagnosis.urls")),
    path("", include("kinflow.processes.simulation.calibrating.urls")),
    path("", include("kinflow.processes.simulation.whatif.urls")),
    path("", include("kinflow.processes.simulation.search.urls")),
    path("", include("kinflow.processes.simulation.animating.urls")),
    path("", include("kinflow.processes.simulation.sensitivity.urls")),
    path("", include("kinflow.processes.definitions.urls")),
    path("", include("kinflow.processes.studio.urls")),
]
