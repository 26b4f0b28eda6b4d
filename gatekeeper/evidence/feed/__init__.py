"""What was taken back: digests of files that must be used no longer, for anybody."""
