"""Online contests: settings, papers, marks, rankings, prizes, checks. Pure: the shell brings rows and time.

Read in this order: rules (the settings), paper (what one person gets), taking (start, save, submit),
grading, results (boards, prizes, chapters, points), export (recomputed by anyone).
Times are microseconds since 1970, points half-points, rates millionths, shares thousandths.
"""
