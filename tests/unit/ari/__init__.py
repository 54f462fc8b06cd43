"""The pure and the small parts of the line over ARI."""
