"""Whether the tests find mistakes: small ones are made, one at a time."""
