/** Tiles under our own borders, for who asked for them; nothing is loaded otherwise. */
import type { Payload } from "../payload";
import { setOverTiles } from "./theme";

const TILES: Record<Exclude<Payload["basemap"], "none">, { url: string; attribution: string }> = {
  plan: {
    url: "https://data.geopf.fr/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetTile&LAYER=GEOGRAPHICALGRIDSYSTEMS.PLANIGNV2&STYLE=normal&FORMAT=image/png&TILEMATRIXSET=PM&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}",
    attribution: "Plan IGN, © IGN",
  },
  osm: { url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png", attribution: "© OpenStreetMap" },
};

export function addBasemap(map: L.Map, basemap: Payload["basemap"]): void {
  if (basemap === "none") return;
  const { url, attribution } = TILES[basemap];
  setOverTiles();
  map.options.zoomSnap = 1;
  L.tileLayer(url, { attribution, maxZoom: 16, referrerPolicy: "no-referrer" }).addTo(map);
}
