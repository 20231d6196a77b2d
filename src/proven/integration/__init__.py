"""MkDocs and pytest as hosts; nothing else imports them."""
