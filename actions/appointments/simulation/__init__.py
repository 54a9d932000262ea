"""The staggering simulation: the same people in one hall under five ways of letting them come."""
