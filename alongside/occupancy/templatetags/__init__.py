"""Words of the pages of occupancy."""
