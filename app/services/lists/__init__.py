"""Lists from files that areas offer: read, looked at, confirmed."""
