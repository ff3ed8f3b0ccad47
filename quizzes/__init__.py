"""The rules and the content: pure Python, standard library only; no clock, no chance, no input or output."""
