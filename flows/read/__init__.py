"""Read: bytes → sheets of cells → tables → one record a cell. No Pandera, no pandas, no DuckDB in here.

`workbook` opens a file, `headers` and `layout` find the tables, `unpivot` makes the records, `extract` tells the
story and accounts for every cell, `pool` does it for many files in worker processes.
"""
