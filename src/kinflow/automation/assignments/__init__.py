"""Assignments: work finds its person, and every assignment can say why."""
