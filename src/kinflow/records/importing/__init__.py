"""Tables from outside become records: read in any shape, mapped by their headers, checked cell by cell."""
