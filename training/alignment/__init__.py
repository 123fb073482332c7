"""Which word translates which, and the vectors that a new vocabulary starts from."""
