"""Designs in live operation: BPMN models whose elements are bound to what really happens, played token by token.

A *design* is a model with bindings, kept in versions; one version of it can be in operation. An *instance* is one run of
a version for one record. Its tokens, and what each waits for, are rows, so that what waits where is one query.
"""
