"""Recipient lists: by-name lists of people, which never go through the ordinary inbox. Nothing here writes a name."""
