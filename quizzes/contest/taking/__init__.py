"""One attempt: its paper, who may start, what is saved, when it is over."""
