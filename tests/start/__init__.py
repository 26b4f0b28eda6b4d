"""Starting: what a server finds in its data directory, and what it says of it."""
