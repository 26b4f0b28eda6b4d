"""What a meeting is exported as: signed documents beside its files, and checks."""
