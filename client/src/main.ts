/** The bundle's entry: the map at once, so that others may add to it; the rest when the data is read. */
import { failed, shell, start } from "./page/start";

declare global {
  interface Window {
    /** `painted` is kept when all that changed is seen. */
    geocontracts: { readonly map: L.Map; readonly ready: Promise<void>; readonly painted: () => Promise<void> };
  }
}

const root = document.getElementById("geocontracts");
if (root) {
  const { map, frame } = shell(root);
  const started = start(root, map, frame).catch((error: unknown) => {
    failed(root, error);
    throw error;
  });
  const ready = started.then(() => undefined);
  ready.catch(() => undefined);
  window.geocontracts = { map, ready, painted: () => started.then((painter) => painter.whole()) };
  const name = root.dataset.mapName;
  if (name) (window as unknown as Record<string, unknown>)[name] = map;
}
