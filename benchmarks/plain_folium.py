"""The same register with plain folium: the peer that `compare.py` measures against.

One GeoJson for the ground and one for each programme, as folium's examples show.

Usage: python benchmarks/plain_folium.py FILE
"""

from __future__ import annotations

import sys

import folium
import geopandas as gpd
import pandas as pd

import geocontracts as gc


def main(path: str) -> None:
    """Write the map with a layer of communes for each programme."""
    area = gc.find_area()
    communes = gc.load_boundaries("commune", within=area.place)
    table = gc.join(gc.read_register(), within=area.place)
    page = folium.Map(location=(49.9, 2.8), zoom_start=8, tiles=None)
    ground = communes[["name", "geometry"]].reset_index()
    folium.GeoJson(ground, name="communes", tooltip=folium.GeoJsonTooltip(["name"])).add_to(page)
    for programme, records in table.groupby("programme", sort=False):
        covered = records[["title", "outcome", "basis", "codes"]].explode("codes")
        facts = pd.DataFrame(covered).merge(ground, left_on="codes", right_on="code")
        if facts.empty:
            continue
        layer = gpd.GeoDataFrame(facts, geometry="geometry", crs=communes.crs)
        tooltip = folium.GeoJsonTooltip(["name", "title", "outcome", "basis"])
        folium.GeoJson(layer, name=str(programme), tooltip=tooltip).add_to(page)
    folium.LayerControl().add_to(page)
    page.save(path)


if __name__ == "__main__":
    main(sys.argv[1])
