"""The addresses of the organisation as it is; they come before the studio's, which take any word for a process."""

from django.urls import path

from kinflow.web.pictures.files import picture_paths

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
    *picture_paths(f"{_root}chart", chart.chart_file, "structure_chart"),
    *picture_paths(f"{_root}functions", functions.functions_file, "structure_functions"),
    *picture_paths(f"{_root}network", network.network_file, "structure_network"),
    *picture_paths(f"{_root}decisions", decisions.decisions_file, "structure_decisions"),
]
