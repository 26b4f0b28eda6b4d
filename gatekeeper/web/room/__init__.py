"""One room over HTTP: the socket of a participant, and what a lobby has to know."""
