"""Diagrams of the organisation as it is: processes across units, the structure of data, and who makes and uses which."""
