"""The demo: scripted citizens call a real line, each call is told as a story, and judged from the callers' side."""
