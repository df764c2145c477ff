/** What every view is given: the data, the state, the words and a few ways to act. */
import type { Atlas } from "../geometry/atlas";
import type { Announcer } from "../page/announce";
import type { Navigator } from "../map/navigate";
import type { Store } from "./store";
import type { Styles } from "../map/styles";
import type { Words } from "../page/words";

export interface Context {
  readonly atlas: Atlas;
  readonly store: Store;
  readonly styles: Styles;
  readonly words: Words;
  readonly navigate: Navigator;
  readonly announce: Announcer;
}
