"""in: who asks for what · out: plain answers. One catalogue of verbs, rendered by the API and the command line."""
