"""in: nothing of ours … out: tools that know nothing of people: clock, text, ids, trouble, pages, house, PostgreSQL."""
