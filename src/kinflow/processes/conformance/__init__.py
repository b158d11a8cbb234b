"""Conformance: how the log and a model agree, case by case, and how good a model is."""
