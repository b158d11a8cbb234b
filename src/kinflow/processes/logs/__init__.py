"""Logs of other systems in, ours out: XES, CSV, XLSX, OCEL 2.0, Parquet."""
