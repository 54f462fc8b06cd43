"""The tones by which people prove that they hear each other, or do not."""

TONE = 0.05
"""Peak of a spoken tone, as a part of full scale: some way below a prompt, which can be heard over it."""

VOICES = range(820, 3000, 40)
"""Hz: what somebody may speak. The hold music has notes below that are as loud (659 Hz in one bar of four)."""
