"""The settings pages: oneself, where one is signed in, API keys, what changed."""
