"""The ways into a show: its pages, its sockets, and HTTP where sockets are blocked."""
