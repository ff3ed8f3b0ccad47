"""1+2: campaigns, codes, confirmations, verification, review, figures. The only writer of their tables."""
