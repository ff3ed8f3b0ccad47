"""Records of members: the twelve operations."""
