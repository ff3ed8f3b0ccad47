"""Awards: proposing, deciding, printing, checking and revoking."""
