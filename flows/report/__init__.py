"""What people read: the summary of a run and the tables, from the published file only."""
