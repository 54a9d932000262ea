"""How much anybody may ask of us: by rate, by size, by time, by connections."""
