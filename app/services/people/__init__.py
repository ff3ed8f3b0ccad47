"""The organisation and its people: the tree of chapters, members, accounts, roles, imports."""
