"""Pictures of every page and every state that matters, to be looked at."""
