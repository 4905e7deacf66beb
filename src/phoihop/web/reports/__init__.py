"""Pages of figures and reports: choose a period, read it by commune, open each figure, print it; what is counted, and what documents state."""
