"""The doctor: what a browser meets, and what a server stands on, with cause and fix."""
