"""Published patterns, each set up in the model as its source did, and what the model gives."""
