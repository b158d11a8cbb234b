"""A small world of leads to ask about, installed only while these tests run."""
