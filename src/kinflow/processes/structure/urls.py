"""The addresses of the organisation as it is; they come before the studio's, which take any word for a process."""

from django.urls import path

from .chart import pages as chart
from .tabs import ROOT

_root = ROOT.lstrip("/")
urlpatterns = [
    path(_root, chart.chart_page, name="structure"),
    path(f"{_root}chart.svg", chart.chart_svg, name="structure_chart_svg"),
    path(f"{_root}chart.csv", chart.chart_csv, name="structure_chart_csv"),
]
