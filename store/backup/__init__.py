"""Backups: everything that is stored, in one file, and back from it."""
