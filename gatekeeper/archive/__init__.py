"""What is kept afterwards: found, filmed, exported, recovered, and deleted in time."""
