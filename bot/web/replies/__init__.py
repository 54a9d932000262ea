"""A reply's own page, where a messenger's message was too small for it."""
