"""The participant-consent gate for video meetings."""
