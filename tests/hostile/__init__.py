"""What strangers may send, at its worst."""
