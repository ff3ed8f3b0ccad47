"""What organisers look at: strange attempts, papers that are alike, figures."""
