"""Duplicates: contacts and accounts that are most likely known twice, noticed in the background, told apart by people."""
