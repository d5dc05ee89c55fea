"""One Pandera model per kind of extract, and the reference data.

Importing a schema costs Pandera; `schemas.kind` alone does not. The kinds are listed in `schemas.catalogue`.
"""
