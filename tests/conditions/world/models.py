"""The records of the small world, with every kind of field and every kind of relation."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

LABEL = "conditions_world"
CASCADE = models.CASCADE


class Person(models.Model):
    name = models.CharField(max_length=40)

    class Meta:
        app_label = LABEL


class Unit(models.Model):
    name = models.CharField(max_length=40)

    class Meta:
        app_label = LABEL


class Account(models.Model):
    name = models.CharField(max_length=40, null=True, blank=True)
    industry = models.CharField(max_length=12, blank=True)
    revenue = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    owner = models.ForeignKey(Person, CASCADE, null=True)
    unit = models.ForeignKey(Unit, CASCADE, null=True)
    tags = ArrayField(models.CharField(max_length=4), null=True)

    class Meta:
        app_label = LABEL


class Contact(models.Model):
    account = models.ForeignKey(Account, CASCADE, null=True, related_name="contacts")
    email = models.CharField(max_length=40, blank=True)
    born_on = models.DateField(null=True)

    class Meta:
        app_label = LABEL


class Product(models.Model):
    name = models.CharField(max_length=40)
    weight = models.FloatField(null=True)

    class Meta:
        app_label = LABEL


class Lead(models.Model):
    contact = models.ForeignKey(Contact, CASCADE, null=True, related_name="leads")
    owner = models.ForeignKey(Person, CASCADE, null=True)
    unit = models.ForeignKey(Unit, CASCADE, null=True)
    products = models.ManyToManyField(Product, related_name="leads")
    title = models.CharField(max_length=40, null=True)
    notes = models.TextField(blank=True)
    score = models.IntegerField(null=True)
    price = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    is_hot = models.BooleanField(null=True)
    due_on = models.DateField(null=True)
    birthday = models.CharField(max_length=10, null=True)
    made_at = models.DateTimeField(null=True)
    stage = models.SmallIntegerField(null=True)
    topics = ArrayField(models.TextField(null=True), null=True)

    class Meta:
        app_label = LABEL


class Activity(models.Model):
    lead = models.ForeignKey(Lead, CASCADE, null=True, related_name="activities")
    person = models.ForeignKey(Person, CASCADE, null=True)
    kind = models.CharField(max_length=8)
    done_at = models.DateTimeField(null=True)

    class Meta:
        app_label = LABEL
