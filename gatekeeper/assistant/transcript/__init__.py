"""The sink that writes down what is said: lines, captions, what is kept of them."""
