"""What can be verified, kind by kind: told by what is in it, and checked offline."""
