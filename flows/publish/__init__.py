"""Publish: one atomic replace of `warehouse/ucj.duckdb`; and what the published file says of itself."""
