"""The page afterwards: what was kept, for those who are in it."""
