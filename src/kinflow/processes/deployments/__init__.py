"""How a version of a design goes live: for all new cases, for a share with a comparison, or in shadow, watched by guards.

A *deployment* gives each record a group once (its *placement*) and keeps it, so that the benefit can be measured by
what was meant for a record, whatever became of it.
"""
