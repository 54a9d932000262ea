"""Teaches the sentence encoder this field: ``python -m knowledge.training.sentences``."""
