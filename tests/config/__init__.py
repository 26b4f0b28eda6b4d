"""The configuration: what is wrong with a file, and where."""
