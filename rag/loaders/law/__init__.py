"""Acts of law: the units that a lawyer would cite, from EUR-Lex HTML and the Official Journal."""
