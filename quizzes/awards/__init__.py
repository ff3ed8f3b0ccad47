"""Awards: which documents there are, what each needs, and what stands on them."""
