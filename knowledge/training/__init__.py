"""Training of the shipped encoder: ``python -m knowledge.training --data DIR --policies DIR``.

Nothing here runs in the assistant. The data are read from the paths given and not kept.
"""
