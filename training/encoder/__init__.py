"""The recipe of the encoder that reads both languages: `python -m training.encoder`."""
