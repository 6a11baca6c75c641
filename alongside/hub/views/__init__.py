"""Pages of a hub: its day, who waits, and what is agreed until tonight."""
