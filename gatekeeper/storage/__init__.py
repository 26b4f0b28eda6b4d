"""What is on the disk: the database and its tables, where files lie, who holds them."""
