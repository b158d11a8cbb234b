"""The addresses of the diagrams, and of their files."""

from django.urls import URLPattern, path

from kinflow.web.pictures.files import picture_paths

from ..tabs import ROOT
from .business import pages as business
from .data import pages as data
from .flows import pages as flows

_root = ROOT.lstrip("/")
urlpatterns: list[URLPattern] = [
    path(f"{_root}business/", business.business_page, name="structure_business"),
    path(f"{_root}business.csv", business.business_csv, name="structure_business_csv"),
    path(f"{_root}data/", data.data_page, name="structure_data"),
    path(f"{_root}data.csv", data.data_csv, name="structure_data_csv"),
    path(f"{_root}data-flow/", flows.flow_page, name="structure_flow"),
    path(f"{_root}data-flow/cell/", flows.cell_page, name="structure_flow_cell"),
    path(f"{_root}data-flow.csv", flows.flow_csv, name="structure_flow_csv"),
    *picture_paths(f"{_root}business", business.business_file, "structure_business"),
    *picture_paths(f"{_root}data", data.data_file, "structure_data"),
    *picture_paths(f"{_root}data-flow", flows.flow_file, "structure_flow"),
]
