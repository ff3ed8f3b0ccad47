"""Activities of a chapter: their kinds, the code on the organiser's screen, attendance of a year."""
