"""Staff's page of the channels: whether each works."""
