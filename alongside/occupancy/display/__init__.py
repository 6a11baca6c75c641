"""How the counts are shown: as figures with their charts, as links to choose by, as a table to take along."""
