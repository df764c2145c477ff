/**
 * The page's end of the bridge to the page that frames it. The page listens to nobody: it hands one port to its parent,
 * and only who holds the other end can ask. A request chooses among what the map has, by the codec of links.
 */
import { decode, writeChosen, type Shared } from "../share/address";
import { field, joined } from "../share/fragment";
import type { Known } from "../share/known";
import { HELLO, readAsked, same, type Asked, type Shown, type Told } from "./message";
import type { Navigator } from "../map/navigate";
import type { Address } from "../share/remember";
import type { State, Store } from "../state/store";

/** Several changes at once are told once. */
const PAUSE = 60;

const year = (number: number): string => String(number).padStart(4, "0");

/** What is shown, without its link. */
export function seen(known: Known, { chosen, hidden, period }: Pick<State, "chosen" | "hidden" | "period">): Omit<Shown, "state"> {
  return {
    selection: writeChosen(known, chosen) || null,
    layers: Array.from({ length: known.programmes.length }, (_, rank) => rank).filter((rank) => !hidden.has(rank)).map((rank) => known.programmes.id(rank)),
    date: period && [period.from, period.to],
  };
}

/** The parts of the state that a request changes; null where it names what this map does not have. */
export function changes(known: Known, state: Pick<State, "chosen" | "hidden" | "period">, asked: Partial<Shown>): Partial<Shared> | null {
  const now = seen(known, state);
  const wants = (name: keyof typeof now): boolean => asked[name] !== undefined && !same(asked[name], now[name]);
  const { selection, layers, date } = asked;
  const undated = state.period?.undated ? ["undated"] : [];
  const reading = decode(known, joined([
    layers ? field("only", layers.length > 0 ? layers : null) : "",
    date ? field("t", [`${year(date[0])}-${year(date[1])}`, ...undated]) : "",
    selection ? field("at", [selection]) : "",
    "table", // so that there is something to read in any case
  ]))!;
  if (reading.missing.length > 0) return null;
  return {
    ...(wants("layers") && { hidden: reading.state.hidden }),
    ...(wants("date") && { period: reading.state.period }),
    ...(wants("selection") && { chosen: reading.state.chosen }),
  };
}

export class Bridge {
  private readonly port: MessagePort;
  private timer = 0;
  private answer = 0;
  private told = "";

  constructor(private readonly store: Store, private readonly navigate: Navigator, private readonly address: Address) {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const asked = readAsked(data);
      if (asked) this.take(asked);
    };
    // The parent's origin is not known; the message holds nothing but the port.
    window.parent.postMessage(HELLO, "*", [port2]);
  }

  begin(): void {
    this.store.watch(["hidden", "period", "chosen"], () => this.soon());
    this.address.onWrite = () => this.tell(false);
    this.tell(true);
  }

  private take({ request, shown }: Asked): void {
    this.answer = request;
    const { address, store } = this;
    if (shown.state !== undefined && shown.state !== address.fragment()) address.open(shown.state);
    const patch = changes(address.known, store.state, shown);
    if (patch) {
      store.set(patch);
      if (patch.chosen) this.navigate.show(patch.chosen, false);
    }
    this.tell(true); // also where nothing changed: who asked learns what is
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.tell(false), PAUSE);
  }

  private tell(always: boolean): void {
    const { address, store, answer } = this;
    const shown: Shown = { state: address.fragment(), ...seen(address.known, store.state) };
    const text = JSON.stringify(shown);
    if (!always && text === this.told) return;
    this.told = text;
    const message: Told = { answer, shown };
    this.port.postMessage(message);
  }
}
