"""Pages of the beds."""
