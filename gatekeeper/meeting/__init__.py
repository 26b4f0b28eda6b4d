"""One room: the actor, its seats, its messages."""
