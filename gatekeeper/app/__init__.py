"""The only place that wires: the life of a process, its engines, its commands."""
