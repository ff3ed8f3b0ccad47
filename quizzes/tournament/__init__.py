"""Tournaments: shows tied together. Stages of matches, draws by a published seed, who goes on, brackets."""
