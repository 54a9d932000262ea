"""Finding turns of conversations: by their words, and by what became of them."""
