/** What every view is given: the data, the state, the words and a few ways to act. */
import type { Atlas } from "./atlas";
import type { Announcer } from "./announce";
import type { Navigator } from "./navigate";
import type { Store } from "./store";
import type { Styles } from "./styles";
import type { Words } from "./words";

export interface Context {
  readonly atlas: Atlas;
  readonly store: Store;
  readonly styles: Styles;
  readonly words: Words;
  readonly navigate: Navigator;
  readonly announce: Announcer;
}
