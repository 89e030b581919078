"""What a person types: one module per command, and what the commands share."""
