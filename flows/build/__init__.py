"""Build: `sql/` in dependency order into a new file beside the published one; then the audits."""
