"""The same register with plain folium: the peer of every measure.

One GeoJson for the ground and one for each programme, as folium's examples show:
the same boundaries and the same perimeters, so that only the drawing differs.

Usage: python -m benchmarks.plain_folium FILE [AREA] [REGISTER]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import Any

import folium
import geopandas as gpd
import pandas as pd

import geocontracts as gc
from benchmarks.areas import REGION, find
from geocontracts.perimeters.perimeter import resolve_perimeters
from geocontracts.places.gazetteer import load_gazetteer

# Latitude, longitude and zoom at which the area fills a window of 1280 x 800; fitting it afterwards would
# draw all twice.
WHERE = {"region": (49.9, 2.8, 8), "france": (46.6, 2.5, 6)}


def main(path: str, written: str = REGION, register: str | None = None) -> None:
    """Write the map with a layer of communes for each programme."""
    area = find(written)
    codes = load_gazetteer().column("code", list(area.communes))
    communes = gc.load_boundaries("commune", within=area.place).loc[codes, ["name", "geometry"]]
    ground = communes.rename_axis("code").reset_index()
    view = WHERE["france" if area.place is None else "region"]
    page = folium.Map(location=view[:2], zoom_start=view[2], tiles=None)
    folium.GeoJson(ground, name="communes", tooltip=folium.GeoJsonTooltip(["name"])).add_to(page)
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    records = gc.read_register(register) if register else gc.read_register()
    for each in resolve_perimeters(records, within=area):
        facts = {"title": each.record.title, "outcome": each.outcome, "basis": each.basis}
        inside = sorted(area.numbers.intersection(each.communes))
        rows[each.record.programme or ""] += [
            facts | {"code": code} for code in load_gazetteer().column("code", inside)
        ]
    for programme, covered in rows.items():
        if not covered:
            continue
        layer = gpd.GeoDataFrame(pd.DataFrame(covered).merge(ground, on="code"), crs=communes.crs)
        tooltip = folium.GeoJsonTooltip(["name", "title", "outcome", "basis"])
        folium.GeoJson(layer, name=programme, tooltip=tooltip).add_to(page)
    folium.LayerControl().add_to(page)
    page.save(path)


if __name__ == "__main__":
    main(*sys.argv[1:])
