"""in: a database and a file store · out: findings, one file for each thing that is looked at."""
