"""Logs of other systems in, ours out: XES, CSV, XLSX, Parquet, OCEL 2.0.

A file given becomes an imported log: what kind it is, is told by its content; a table's columns are mapped to what they
say of an event; of an object-centric log one type of object is chosen as the case. A log is a draft until somebody
starts its reading, then it is read by the worker, and is ready or failed.
"""
