"""The phones that register at our Asterisk: from the directory to its configuration, and to a sheet of paper.

`whose` reads them out of the directory, `configuration` writes them as Asterisk wants it, `secrets` keeps what
they sign in with, `sheet` is what the person who plugs a phone in needs, `rendering` puts all that into an
instance's directory, and `reloading` asks the running Asterisk to take it over. `halo phones` is the way in.
"""
