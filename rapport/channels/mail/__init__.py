"""in: one raw mail, or a file of many. out: a sighting per mail: who wrote whom, when, in which own words."""
