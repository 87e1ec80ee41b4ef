"""How the embedded server is set up. Written anew at each start; `ALTER SYSTEM` is the place for one's own wishes."""

from __future__ import annotations

SETTINGS = {
    # An acknowledged commit survives a crash only while these three are on.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a home may lie deeper than the 107 characters a socket path may have
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",  # our queries are short; compiling them costs more than it saves
    "random_page_cost": "1.1",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "min_wal_size": "128MB",
    "checkpoint_timeout": "10min",
    "max_wal_senders": "4",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "datestyle": "iso, ymd",
    "default_text_search_config": "pg_catalog.simple",
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    # A statement, its values and even an error ("invalid input: …") may hold what people wrote: none of it goes into a
    # log. `log` keeps what the server says of itself; an error reaches the program that caused it.
    "log_min_messages": "log",
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

ENTRANCE = "# Passwords only, from this machine only.\nhost all all 127.0.0.1/32 scram-sha-256\n"


def configuration_text() -> str:
    """The whole postgresql.conf."""
    return "".join(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
