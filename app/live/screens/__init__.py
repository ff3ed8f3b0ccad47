"""What everybody sees: drawing the screens and sending them."""
