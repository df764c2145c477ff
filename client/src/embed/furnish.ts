/** Everything around the map inside another page: little, and nothing of what that page's readers did not ask for. */
import { about, credits } from "../page/about";
import type { Context } from "../state/context";
import { controls, scalebar } from "../map/controls";
import { el } from "../page/dom";
import { embedBar, viewNote } from "./bar";
import { filterPanel } from "../filter/filterpanel";
import { legend } from "../legend/legend";
import { linkNote } from "../share/linknote";
import { panel } from "../place/panel";
import { paperList, paperNote } from "../paper/papernote";
import type { Address } from "../share/remember";
import { skipLinks } from "../page/skip";
import { subtitle } from "../page/subtitle";
import { thematicKey } from "../views/scale";
import { timebar } from "../time/timebar";
import { viewSwitch } from "../views/viewswitch";

/** The room between the title and the sheet under it, in pixels. */
const GAP = 6;

export function furnishFrame(context: Context, root: HTMLElement, map: L.Map, frame: HTMLElement, address: Address): void {
  const { words, atlas, announce, navigate } = context;
  const stage = frame.parentElement!;
  const dialog = about(context);
  const note = linkNote(words);
  const place = panel(context);
  const years = el("p", { class: "gc-time-print gc-note" });
  const sheet = el("div", { class: "gc-scroll", id: "gc-legend" },
    thematicKey(context), legend(context), viewSwitch(context), timebar(context, years), filterPanel(context));
  const bar = embedBar(context, root, address, sheet);
  const title = el("header", { class: "gc-title" }, el("h1", {}, atlas.payload.title), viewNote(context), subtitle(context), years, bar);
  const foot = el("footer", { class: "gc-foot" }, scalebar(map, words, context.atlas.projection), credits(context, map, () => dialog.showModal()));
  stage.append(controls(map, navigate, words), el("div", { class: "gc-dock" }, foot), note.element, announce.element);
  root.prepend(skipLinks(words, frame), el("aside", { class: "gc-side", "aria-label": words.get("side.label") }, title, sheet));
  root.append(place, dialog, paperNote(context), paperList(context) ?? "");
  const measure = (): void => {
    root.style.setProperty("--head", `${title.offsetTop + title.offsetHeight + GAP}px`);
    root.style.setProperty("--foot", `${foot.offsetHeight}px`);
    navigate.rearranged(false);
  };
  const watching = new ResizeObserver(measure);
  watching.observe(title);
  watching.observe(foot);
  address.onMissing = note.show;
  address.begin();
  measure();
}
