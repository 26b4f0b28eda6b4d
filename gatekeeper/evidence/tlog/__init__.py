"""The log of seals: one tree over all meetings of a server, which can only grow."""
