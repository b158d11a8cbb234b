"""A design: a BPMN model of how a process is to run, its elements bound to what really happens.

It is kept in versions; one of them can be in operation, and new instances run by that one. Drawing, binding and checking
change nothing in operation until somebody puts a version there.
"""
