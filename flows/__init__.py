"""The job in the order in which it runs: receive, read, validate, stage, build, audit, publish."""
