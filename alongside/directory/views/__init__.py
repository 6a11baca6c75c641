"""Pages of the directory, and what programs ask of it."""
