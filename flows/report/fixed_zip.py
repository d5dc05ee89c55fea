"""Packages (.xlsx, .docx) whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import zipfile


def with_fixed_times(packed: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same zip file with every member dated 1980 instead of when a library wrote it.

    `method` ZIP_STORED leaves out compression, which differs between versions of zlib.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w", method) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name)
            part.compress_type = method
            part.create_system = 0
            target.writestr(part, source.read(name))
    return out.getvalue()
