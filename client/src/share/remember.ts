/** Keep the address true to the state, and the state to the address. */
import { decode, encode, SHARED, type Reading, type Shared, type Sight } from "./address";
import type { Atlas } from "../geometry/atlas";
import { Known } from "./known";
import type { Navigator } from "../map/navigate";
import { initial, type Store } from "../state/store";

/** Browsers refuse an address that changes too often (Safari: 100 times in 30 seconds). */
const PAUSE = 400;

export class Address {
  readonly known: Known;
  private timer = 0;
  /** Said once for each link: what it names and this map does not have; nothing for a good one, after which no note is true. */
  onMissing: (names: readonly string[]) => void = () => undefined;
  /** The page is whole; before, its parts cannot be measured. */
  private begun = false;
  /** Told of each change when the address is written. */
  onWrite: () => void = () => undefined;
  private unframed = false;
  /** The address that the state was told of, or that was written from it. */
  private heard = "";
  private missing: readonly string[] = [];

  constructor(atlas: Atlas, private readonly store: Store, private readonly navigate: Navigator, private readonly map: L.Map) {
    this.known = new Known(atlas.payload);
  }

  /** Take over what the address says; before the first layers are painted, so that a link shows its own state at once. */
  restore(): void {
    this.heard = location.href;
    const reading = decode(this.known, location.hash);
    if (reading) this.apply(reading);
  }

  /** From now on write each change, and follow an address that is changed by hand. */
  begin(): void {
    const { chosen } = this.store.state;
    // The panel and the sheets were made after the place was chosen: they are told now.
    if (chosen) this.store.set({ chosen: { ...chosen } });
    this.begun = true;
    this.frame();
    this.store.watch(SHARED, () => this.soon());
    this.map.on("moveend", () => this.soon());
    window.addEventListener("hashchange", () => this.follow());
    this.tell();
  }

  /** The address of what is seen now. */
  get link(): string {
    const [page] = location.href.split("#");
    const fragment = this.fragment();
    return fragment === "" ? page! : `${page}#${fragment}`;
  }

  /** What of the address says what is seen, without "#". */
  fragment(): string {
    return encode(this.known, this.store.state, this.sight());
  }

  private sight(): Sight | null {
    if (this.navigate.isHome) return null;
    const { lat, lng } = this.map.getCenter();
    return { zoom: this.map.getZoom(), lat, lon: lng };
  }

  private follow(): void {
    this.heard = location.href;
    const reading = decode(this.known, location.hash);
    if (reading) this.apply(reading);
    // An address without its end is the page as at the start; the end of another kind (an anchor) is none of ours.
    else if (location.hash.length <= 1) this.apply({ state: start(), sight: null, missing: [] });
    else return;
    this.tell();
  }

  /** Show what a fragment says, as if the address had it. */
  open(fragment: string): void {
    this.apply(decode(this.known, fragment) ?? { state: start(), sight: null, missing: [] });
    this.tell();
  }

  private apply({ state, sight, missing }: Reading): void {
    this.store.set(state);
    if (sight) this.navigate.look([sight.lat, sight.lon], sight.zoom);
    else if (!this.navigate.isHome) this.navigate.home(false);
    this.unframed = sight === null;
    if (this.begun) this.frame();
    this.missing = missing;
  }

  /** A link to a place that gives no view shows the place. */
  private frame(): void {
    const { chosen } = this.store.state;
    if (this.unframed && chosen) this.navigate.show(chosen, false);
    this.unframed = false;
  }

  private tell(): void {
    this.onMissing(this.missing);
    this.missing = [];
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.write(), PAUSE);
  }

  private write(): void {
    if (this.navigate.printing) return;
    this.onWrite();
    // Changed by hand, and its event is still to come: it is followed, not written over.
    if (this.heard !== location.href) return;
    const { link } = this;
    if (link === location.href) return;
    try {
      history.replaceState(history.state, "", link);
      this.heard = location.href;
    } catch {
      // In some frames a page may not change its address; the link of the dialogue is right all the same.
    }
  }
}

function start(): Shared {
  const { mode, unit, crossed, hidden, filters, period, chosen, needle, table, sorting } = initial;
  return { mode, unit, crossed, hidden, filters, period, chosen, needle, table, sorting };
}
