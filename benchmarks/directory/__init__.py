"""What the directory takes: finding, resolving and importing in a big hall."""
