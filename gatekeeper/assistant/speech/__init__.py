"""Speech: from Opus frames to words, in a process of its own."""
