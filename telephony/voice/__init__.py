"""The line's voice: text to audio files for Asterisk, cached by content, replaceable by recordings."""
