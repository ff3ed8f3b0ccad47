"""Knows who is in the hall: taking a seat, being here, how much one may ask."""
