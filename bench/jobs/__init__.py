"""One module for each group of jobs; each gives `run(bench)`, a list of figures."""
