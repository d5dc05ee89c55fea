"""Trace: from what was published back to what it was made from."""
