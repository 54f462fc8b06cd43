"""What the line says: the catalogue of texts, the sentences built from it, and the list of all of them."""
