"""The telephone kit itself, without any telephone: codings, RTP, recordings, recognition."""
