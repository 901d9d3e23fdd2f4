"""The content as files: read, check, load, export, compare. Only the command line comes here."""
