"""A table to page through, outside the domain."""

from django.db import models


class Parent(models.Model):
    """What a row may belong to."""

    name = models.CharField(max_length=10)

    class Meta:
        app_label = "kit_tests"


class Row(models.Model):
    """Duplicates and empty values of several kinds."""

    text = models.CharField(max_length=10)
    number = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    at = models.DateTimeField(null=True)
    stage = models.IntegerField()
    parent = models.ForeignKey(Parent, models.CASCADE, null=True)

    class Meta:
        app_label = "kit_tests"
