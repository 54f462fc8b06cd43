"""The demo's judgement, on synthetic evidence."""
