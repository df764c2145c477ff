/** Whether the page stands inside another one, and shows less of itself there. */
import type { Payload } from "../payload";

export const inFrame = (): boolean => window.parent !== window;

/** A page made to be embedded is whole when it is opened on its own: "open large" needs no other file. */
export const embedded = ({ chrome }: Payload): boolean => chrome === "embed" && inFrame();
