"""What the page and the command cost, beside plain folium: `python -m benchmarks` (see README.md)."""
