"""Pages of awards: giving, printing, checking, revoking."""
