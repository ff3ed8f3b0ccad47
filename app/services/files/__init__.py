"""Files from outside, opened with limits in a process of their own, and files for people."""
