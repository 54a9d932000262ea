"""One module per file format: bytes in, raw text out, or UnreadableFile with a reason."""
