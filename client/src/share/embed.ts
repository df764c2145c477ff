/** The code that shows the page inside another one. */
const HEIGHT = 640;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };

const attribute = (text: string): string => text.replace(/[&"<>]/g, (sign) => ENTITIES[sign]!);

/** As wide as there is room; fetched when the reader comes near. */
export function embedCode(link: string, title: string): string {
  return `<iframe src="${attribute(link)}" title="${attribute(title)}" loading="lazy" width="100%" height="${HEIGHT}" style="border:0;max-width:100%"></iframe>`;
}
