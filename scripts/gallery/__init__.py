"""The pictures that the README and `maps/README.md` show, and what makes each of them."""
