"""The database, the settings and the clock: what every other room stands on."""
