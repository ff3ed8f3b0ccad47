"""The twelve operations on a member's record."""
