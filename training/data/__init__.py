"""The training texts: read, cleaned, drawn, and turned into what people ask."""
