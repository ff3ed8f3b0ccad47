"""Shows: made by their hosts, and what stands of them afterwards."""
