"""The directory over REST: look things up, ask who is competent, change it, say who is away, settle hygiene tasks."""
