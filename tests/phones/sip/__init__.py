"""SIP for the hall's phones, over UDP (RFC 3261): just what a desk phone says, and every word of it to look at.

    Message                one request or response: bytes in, headers, bytes out
    Wire, UserAgent        an address on the network, and who is there: sends again what was lost, in both directions
    Dialog                 who talks with whom: tags, numbers, digest authentication, ACK
    session, offered       the SDP of one stream of A-law and telephone events, and which way it flows

It does not know what a phone does, or what is heard: that is `tests.phones.phone`.
"""
