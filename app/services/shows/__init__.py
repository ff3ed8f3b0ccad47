"""Live shows: scripts, journals and replicas, seats, ballots, results."""
