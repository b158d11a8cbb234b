"""BPMN 2.0: models as values, read from and written to the files of any vendor, laid out in swim lanes and drawn."""
