"""Which places there are, and what they are called; ``language.places`` reads them."""
