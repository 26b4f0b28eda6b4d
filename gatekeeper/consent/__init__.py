"""The pure core: words, notices, gate. No I/O, no clock, no randomness."""
