"""The verifier that needs nothing but Python: one file, to be handed on."""
