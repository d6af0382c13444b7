"""Problems and explanations as something to read; each module makes one form of them."""
