"""The people of every test: An plays, Bình is in An's chapter, Chi hosts, Dũng is a stranger."""

AN, BINH, CHI, DUNG = "An", "Bình", "Chi", "Dũng"
EVERYBODY = (AN, BINH, CHI, DUNG)
