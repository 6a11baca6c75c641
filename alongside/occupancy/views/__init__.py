"""Pages of occupancy."""
