"""in: tables of people in whatever dialect their program wrote. out: one card for each row."""
