"""What messaging keeps of people: shown, deleted, forgotten by rule."""
