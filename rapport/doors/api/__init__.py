"""in: programs asking over HTTP, with a personal key · out: the operations' answers as JSON, and their reference."""
