"""The addresses of the organisation as it is; they come before the studio's, which take any word for a process."""

from django.urls import path

from kinflow.web.pictures.files import KINDS

from .chart import pages as chart
from .decisions import pages as decisions
from .functions import pages as functions
from .network import pages as network
from .tabs import ROOT

_root = ROOT.lstrip("/")
urlpatterns = [
    path(_root, chart.chart_page, name="structure"),
    path(f"{_root}chart.csv", chart.chart_csv, name="structure_chart_csv"),
    path(f"{_root}functions/", functions.functions_page, name="structure_functions"),
    path(f"{_root}functions.csv", functions.functions_csv, name="structure_functions_csv"),
    path(f"{_root}network/", network.network_page, name="structure_network"),
    path(f"{_root}network.csv", network.network_csv, name="structure_network_csv"),
    path(f"{_root}decisions/", decisions.decisions_page, name="structure_decisions"),
    path(f"{_root}decisions.csv", decisions.decisions_csv, name="structure_decisions_csv"),
]
for kind in KINDS:
    urlpatterns += [
        path(f"{_root}{name}.{kind}", file, {"kind": kind}, name=f"structure_{name}_{kind}")
        for name, file in (
            ("chart", chart.chart_file),
            ("functions", functions.functions_file),
            ("network", network.network_file),
            ("decisions", decisions.decisions_file),
        )
    ]
