"""One room's gate as a shell: performs what the gate decides, for any kind of room."""
