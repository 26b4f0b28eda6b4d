"""One participant's media as they come in, under a permit: ICE, DTLS, RTP, frames."""
