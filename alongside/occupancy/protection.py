"""What occupancy protects beside its own tables."""

SQL = ("sequences",)
