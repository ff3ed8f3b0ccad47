"""The screens: drawing them and sending them."""
