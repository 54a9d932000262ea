"""Measuring what the trained model makes of sentences: intents and danger."""
