"""Opening of files from strangers. `containers` is the door; the rest runs in its child process."""
