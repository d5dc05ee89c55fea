"""Receive: every file that came is kept once, every arrival has its receipt; the inbox is never changed."""
