"""Stage 4: the page: what it is told, how it looks, and the folium map that it is."""
