"""Which actor each mention stands for, and the gazetteer's data (`data/`)."""
