"""How the shipped resources are made: recipes that developers run, never users."""
