"""in: a signed-in person's browser · out: pages and fragments, gathered from rooms into one plain value each."""
