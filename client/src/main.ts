/** The bundle's entry: the map at once, so that others may add to it; the rest when the data is read. */
import { failed, shell, start } from "./page/start";

declare global {
  interface Window {
    geocontracts: { readonly map: L.Map; readonly ready: Promise<void> };
  }
}

const root = document.getElementById("geocontracts");
if (root) {
  const { map, frame } = shell(root);
  const ready = start(root, map, frame).catch((error: unknown) => {
    failed(root, error);
    throw error;
  });
  ready.catch(() => undefined);
  window.geocontracts = { map, ready };
  const name = root.dataset.mapName;
  if (name) (window as unknown as Record<string, unknown>)[name] = map;
}
