"""Where policies fail, why mixes work, and which is best."""
