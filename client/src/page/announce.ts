/** One polite live region: what changed, said to screen readers. */
import { el } from "./dom";

export class Announcer {
  readonly element = el("p", { class: "gc-hidden", role: "status", "aria-live": "polite" });
  private timer = 0;

  /** Say it once things have settled; the last of a quick series wins. */
  say(text: string): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.element.textContent = text;
    }, 150);
  }
}
