"""What messaging keeps for channels: what may be sent to whom, choices shown, shared state."""
