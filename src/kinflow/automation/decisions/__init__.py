"""Decision tables: rows of conditions over a record and of what follows from them, after DMN 1.3."""
