"""The people in the hall: how they take a seat, who is present, how much one may ask."""
