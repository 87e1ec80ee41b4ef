"""How well the tests prove what must hold: coverage and mutants of the areas where a fault costs most."""
