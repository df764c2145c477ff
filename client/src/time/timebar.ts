/** The time axis at the foot of the map: what was in force in a year or over a span, and the years played one by one. */
import type { Context } from "../state/context";
import { button, el, icon } from "../page/dom";
import { passing } from "../state/filters";
import { axisOf, countYears, spansOf, type Histogram, type Years } from "./histogram";
import { following, opening, Player } from "./player";
import { recordsInView } from "../state/selection";
import { timebars } from "./timebars";
import { timesliders } from "./timesliders";
import { beyondText, countText, heading, sentence } from "./timewords";

/** A phone, upright or lying, where the axis is one line until it is unfolded; the same width as in phone.css. */
const PHONE = "(max-width: 47.5em), (max-height: 30em)";

/** `paper` is where the years in view are written for printing. */
export function timebar(context: Context, paper: HTMLElement): HTMLElement {
  const { atlas, store, words, announce, navigate } = context;
  const { records } = atlas.payload;
  const spans = spansOf(records);
  const axis = axisOf(spans, new Date().getFullYear());
  const phone = matchMedia(PHONE);
  let undated = false; // kept while all dates are shown
  let folded = phone.matches;
  let stepping = false;
  let histogram: Histogram = { inForce: [], endless: [], undated: 0, all: 0, before: 0, after: 0 };

  const chosen = (): Years | null => store.state.period;
  const choose = (years: Years | null): void => store.set({ period: years && { from: years.from, to: years.to, undated } });
  const step = (years: Years | null): void => {
    stepping = true;
    choose(years);
    stepping = false;
  };
  const player = new Player(() => {
    const now = chosen();
    const next = now && following(now, axis);
    if (next === null) return false;
    step(next);
    return next.to < axis.last;
  }, (playing) => {
    updatePlay(playing);
    say(playing);
  });

  const title = el("p", { class: "gc-time-title" });
  const counts = el("p", { class: "gc-time-counts" });
  const bars = timebars(axis, words, chosen, choose);
  const sliders = timesliders(axis, words, choose);
  const play = button({ class: "gc-icon-button gc-time-play" }, () => {
    if (player.playing) return player.stop();
    step(opening(chosen(), axis));
    player.start();
  });
  const fold = button({ class: "gc-icon-button gc-time-fold", "aria-controls": "gc-time-options gc-time-axis" }, () => {
    setFolded(!folded);
    navigate.rearranged(false);
  }, icon("chevron"));
  const reset = button({ class: "gc-small-button gc-time-reset" }, () => {
    choose(null);
    sliders.first.focus({ preventScroll: true }); // the button goes away with the period
  }, words.get("time.all"));
  const box = el("input", { type: "checkbox", class: "gc-check", id: "gc-time-undated" });
  box.addEventListener("change", () => {
    undated = box.checked;
    choose(chosen());
  });
  const boxText = el("span");
  const withDates = el("label", { class: "gc-time-undated" }, box, boxText);
  const hint = el("p", { class: "gc-note" }, words.get("time.hint"));
  const beyond = el("p", { class: "gc-note" });
  const options = el("div", { class: "gc-time-options", id: "gc-time-options" }, withDates, hint, beyond);
  const end = (year: number): HTMLElement => el("span", { class: "gc-time-end", "aria-hidden": "true" }, String(year));
  const ends = [end(axis.first), end(axis.last)] as const;
  const strip = el("div", { class: "gc-time-axis", id: "gc-time-axis" },
    ends[0], el("div", { class: "gc-time-plot" }, bars.element, sliders.element), ends[1], bars.list);
  strip.style.setProperty("--years", String(axis.last - axis.first + 1));
  const element = el("section", { class: "gc-time", "aria-label": words.get("time.label") },
    play, el("div", { class: "gc-time-text" }, title, counts), reset, strip, options, fold);

  const updatePlay = (playing: boolean): void => {
    const name = words.get(playing ? "time.pause" : "time.play");
    play.replaceChildren(icon(playing ? "pause" : "play"));
    play.setAttribute("aria-label", name);
    play.title = name;
  };
  const setFolded = (shut: boolean): void => {
    folded = shut;
    element.classList.toggle("gc-time-folded", shut);
    options.hidden = strip.hidden = shut;
    reset.hidden = shut || store.state.period === null;
    const name = words.get(shut ? "time.unfold" : "time.fold");
    fold.setAttribute("aria-expanded", String(!shut));
    fold.setAttribute("aria-label", name);
    fold.title = name;
  };
  const count = (): void => {
    const { filters, hidden } = store.state;
    histogram = countYears(spans, recordsInView(atlas, { passing: passing(atlas, filters, null), hidden }), axis);
    bars.count(histogram);
    beyond.textContent = beyondText(histogram, axis, words);
    beyond.hidden = beyond.textContent === "";
    ends[0].title = beyondText({ before: histogram.before, after: 0 }, axis, words);
    ends[1].title = beyondText({ before: 0, after: histogram.after }, axis, words);
    boxText.textContent = words.get("time.undated.show", { n: histogram.undated });
    tell();
  };
  const tell = (): void => {
    const { period } = store.state;
    const years = chosen();
    title.textContent = heading(period, words);
    const view = recordsInView(atlas, store.state);
    const endless = view.filter((index) => spans[index]?.to === null).length;
    counts.textContent = countText(view.length, endless, histogram, period, words);
    bars.choose(years);
    sliders.update(years, histogram);
    paper.hidden = period === null;
    paper.textContent = sentence(title.textContent, countText(view.length, endless, histogram, period, words, true), words);
    if (period) undated = period.undated;
    box.checked = undated;
    withDates.hidden = period === null;
    hint.hidden = period !== null;
    reset.hidden = period === null || folded;
  };
  const say = (playing: boolean): void => {
    if (playing) announce.say(words.get("time.playing"));
    else announce.say(sentence(title.textContent, counts.textContent, words));
  };

  store.watch(["filters", "hidden"], count);
  store.watch(["passing"], tell);
  store.watch(["period"], () => {
    if (stepping) return;
    player.stop(); // whoever changes the period wants to see it
    say(false);
  });
  // Whatever the reader touches here, other than the pause itself, ends the playing.
  for (const event of ["pointerdown", "click", "input"]) {
    element.addEventListener(event, ({ target }) => play.contains(target as Node) || player.stop(), true);
  }
  // The table takes half of the map: the axis gives way to it, and comes back.
  let gaveWay = false;
  store.watch(["table"], ({ table }) => {
    if (table ? folded : !gaveWay) return;
    gaveWay = table;
    setFolded(table);
    navigate.rearranged(false);
  });
  phone.addEventListener("change", () => {
    setFolded(phone.matches);
    navigate.rearranged(false);
  });
  // Without a date there is nothing to lay along an axis.
  element.hidden = !atlas.payload.timeline || spans.every((span) => span === null);
  if (element.hidden) choose(null); // an address may ask for years that this page does not sort by, or has none of
  updatePlay(false);
  setFolded(folded);
  count();
  return element;
}
