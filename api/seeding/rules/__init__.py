"""Cross-file rules of the content, one subject a file. Each rule takes the book and yields findings."""
