"""The sample, published once for the tests of the report."""

from __future__ import annotations

from tests.desk.conftest import sample

__all__ = ["sample"]
