"""From answers to results: decisions, marks, boards, prizes, what is shown when."""
