"""PostgreSQL as Django's database, with a cheaper look whether a kept connection still lives."""
