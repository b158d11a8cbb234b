"""The words of findings: what, where, likely cause and moves, in the reader's language, out of facts without language."""
