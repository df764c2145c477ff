/** The line of credits, and the dialogue that tells where everything comes from. */
import type { Context } from "../state/context";
import { button, el, FRENCH, icon, link } from "./dom";
import { longText } from "./longtext";
import { exactness, inputs, licence, origin } from "./origin";

/** The link to the accessibility statement, which stands in the file itself: it is there without script too. */
const statement = (): Node | null => document.querySelector(".gc-statement");

/** Credits of the page, and of whatever layer is added to the map later. */
export function credits(context: Context, map: L.Map, open: () => void): HTMLElement {
  const { payload } = context.atlas;
  const { words } = context;
  const own = payload.credits.map(({ text, href }) => el("span", {}, link(text, href)));
  const added = el("span");
  const others = new Set<string>();
  const update = (): void => {
    others.clear();
    map.eachLayer((layer) => {
      const given = layer.getAttribution?.();
      if (given) others.add(new DOMParser().parseFromString(given, "text/html").body.textContent ?? "");
    });
    added.textContent = [...others].join(", ");
  };
  map.on("layeradd layerremove", update);
  update();
  return el("p", { class: "gc-credits" }, ...own, added, statement() ?? "",
    button({ class: "gc-link-button", "aria-haspopup": "dialog" }, open, words.get("about.open")));
}

export function about(context: Context): HTMLDialogElement {
  const { payload } = context.atlas;
  const { words } = context;
  const sources = payload.sources.map((source) => el("li", {},
    el("span", FRENCH, ...longText(words, source.title, (text) => link(text, source.href))), origin(source, context)));
  const dialog = el("dialog", { class: "gc-about", "aria-labelledby": "gc-about-title" });
  dialog.append(
    button({ class: "gc-icon-button gc-close", "aria-label": words.get("about.close") }, () => dialog.close(), icon("close")),
    el("h2", { id: "gc-about-title" }, words.get("about.title")),
    el("p", {}, payload.title),
    el("p", {}, words.get("about.text")),
    el("h3", {}, words.get("about.sources")),
    el("ul", {}, ...sources),
    el("p", {}, licence(context)),
    el("h3", {}, words.get("about.ground")),
    el("ul", {}, ...payload.credits.map(({ text, href }) => el("li", {}, link(text, href)))),
    el("p", {}, words.get("about.vintage", { told: payload.provenance.editions })),
    el("p", {}, exactness(context)),
    el("p", {}, statement()?.cloneNode(true) as Node ?? ""),
    el("p", { class: "gc-note" }, words.get(payload.edition ? "about.made" : "about.made.plain", { generator: payload.generator, edition: payload.edition })),
    el("h3", {}, words.get("about.inputs")),
    inputs(context),
    el("h3", {}, words.get("about.keys")),
    el("p", {}, words.get("about.keys.text")));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}
