/** Share: a dialogue with the link to what is seen, and the code to embed it. */
import type { Context } from "../state/context";
import { copyFrom } from "./copying";
import { button, el, icon } from "../page/dom";
import { embedCode } from "./embed";
import type { Address } from "./remember";
import type { Word } from "../page/words";

/** What has to be known of a link that only this machine, or only this window, can open. */
function caution(): Word | null {
  if (location.protocol === "file:") return "share.note.file";
  return /^https?:$/.test(location.protocol) ? null : "share.note.inside";
}

export interface Sharing {
  readonly element: HTMLDialogElement;
  open(): void;
}

export function sharing({ words, atlas }: Context, address: Address): Sharing {
  const said = el("p", { class: "gc-share-said", role: "status" });
  const link = el("input", { type: "text", class: "gc-input", id: "gc-share-link", readonly: true, spellcheck: "false" });
  const code = el("textarea", { class: "gc-input", id: "gc-share-code", readonly: true, spellcheck: "false", rows: 4 });
  for (const field of [link, code]) field.addEventListener("focus", () => field.select());
  const copy = (field: HTMLInputElement | HTMLTextAreaElement, done: Word) => async (): Promise<void> => {
    said.textContent = "";
    said.textContent = words.get((await copyFrom(field)) ? done : "share.failed");
  };
  const note = caution();
  const element = el("dialog", { class: "gc-about gc-share", "aria-labelledby": "gc-share-title" });
  element.append(
    button({ class: "gc-icon-button gc-close", "aria-label": words.get("share.close") }, () => element.close(), icon("close")),
    el("h2", { id: "gc-share-title" }, words.get("share.title")),
    el("p", {}, words.get("share.text")),
    el("label", { for: "gc-share-link" }, words.get("share.link")),
    el("div", { class: "gc-share-row" }, link,
      button({ class: "gc-small-button" }, copy(link, "share.link.copied"), words.get("share.link.copy"))),
    note ? el("p", { class: "gc-share-note" }, words.get(note)) : "",
    el("label", { for: "gc-share-code" }, words.get("share.code")),
    el("div", { class: "gc-share-row" }, code,
      button({ class: "gc-small-button" }, copy(code, "share.code.copied"), words.get("share.code.copy"))),
    said,
    el("p", { class: "gc-note" }, words.get("share.nothing.sent")));
  element.addEventListener("click", (event) => {
    if (event.target === element) element.close();
  });
  const open = (): void => {
    said.textContent = "";
    link.value = address.link;
    code.value = embedCode(link.value, atlas.payload.title);
    element.showModal();
    link.focus();
  };
  return { element, open };
}
