"""Settings declared once: fields that read, write, check and say themselves."""
