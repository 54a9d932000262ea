"""What was done, by whom and why: a log that only grows, each entry sealed by the one before."""

from store.audit.log import record

__all__ = ["record"]
