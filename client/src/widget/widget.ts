/** The map in the output of a notebook's cell: the page in a frame of its own, and a port between the two. */
import { HELLO } from "../embed/message";
import { Sync, type Model } from "./sync";

/**
 * The page runs its scripts, saves its tables, prints and opens its sources; it reaches nothing of the notebook.
 * No `allow-same-origin`: a frame that is written into a page would else be that page.
 */
const SANDBOX = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox";

/** Views of one widget may stand in several windows: a number counted here would not tell them apart. */
const named = (): string => Math.random().toString(36).slice(2);

function framed(model: Model): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", SANDBOX);
  frame.setAttribute("allow", "clipboard-write");
  frame.title = String(model.get("_title"));
  frame.style.cssText = "display:block;width:100%;border:0";
  return frame;
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const frame = framed(model);
  let port: MessagePort | null = null;
  let sync: Sync | null = null;
  const end = (): void => {
    sync?.close();
    port?.close();
  };
  // A frame that is moved in the notebook loads its page anew, and says so again.
  const greeted = ({ source, data, ports }: MessageEvent<unknown>): void => {
    if (source === null || source !== frame.contentWindow || data !== HELLO || !ports[0]) return;
    end();
    const own = (port = ports[0]);
    const link = (sync = new Sync(model, named(), (asked) => own.postMessage(asked)));
    own.onmessage = ({ data: told }: MessageEvent<unknown>) => void link.hear(told);
  };
  const tall = (): void => void (frame.style.height = `${Number(model.get("height"))}px`);
  const load = (): void => void (frame.srcdoc = String(model.get("_page")));
  window.addEventListener("message", greeted);
  model.on("change:height", tall);
  model.on("change:_page", load);
  tall();
  load();
  el.append(frame);
  return () => {
    window.removeEventListener("message", greeted);
    model.off("change:height", tall);
    model.off("change:_page", load);
    end();
    frame.remove();
  };
}

export default { render };
