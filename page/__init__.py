"""The pages people meet: one module a page, pure HTML beside them, and what they share."""
