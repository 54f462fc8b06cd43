"""The telephone, and nothing of the hall.

Two floors. The ground floor (`values`, `call`, `digits`, `errors`) is ports and values: what a story may
say to a telephone. It knows no Asterisk, and `callflows` builds on it. The cellar is `telephony.ari`
(Asterisk by ARI) and `telephony.voice` (text to audio files); only `api` goes down there.
"""
