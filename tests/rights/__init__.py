"""Who may do what at every door: asked of every route, as everybody, about everything, and answered from one table."""
