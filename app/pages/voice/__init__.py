"""Pages of Tiếng loa thanh niên."""
