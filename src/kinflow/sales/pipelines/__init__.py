"""Pipelines: ways of selling, each an order of stages."""
