"""Publishing results: signed, read by people, exported, paid in points.

making         publishes: computes what is settled, signs it, stores it as a new publication
publications   a publication read again: its heading, its frozen table, what of it may be seen
rows           its visible rows with names, each with a digest of its own
boards, own    the same for people: boards, prizes, chapters, one's own place
signing        the instance's signature
export         a publication as a file that anybody can check
checking       the check of a published page
points         what official results post into the ledger
awaited        what waits for that in the meantime
minutes        the minutes of results as a PDF
"""
