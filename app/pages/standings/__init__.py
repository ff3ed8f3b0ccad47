"""Pages of standings: comparing chapters by published rules."""
