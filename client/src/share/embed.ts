/** The code that shows the page inside another one, as geocontracts/webmap/embed.py writes it (tests/webmap/snippets.json). */

/** What the page needs: scripts, files, links, paper. Without `allow-same-origin` it reads nothing of the site. */
const SANDBOX = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox";

/** As wide as there is room; below 400 pixels the map has no room beside its title. */
const STYLE = "width:100%;aspect-ratio:4/3;min-height:400px;max-height:85vh;border:0";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", '"': "&quot;", "'": "&#x27;", "<": "&lt;", ">": "&gt;" };

const escaped = (text: string): string => text.replace(/[&"'<>]/g, (sign) => ENTITIES[sign]!);

/** Fetched when the reader comes near. */
export function embedCode(link: string, title: string): string {
  const attributes = { src: link, title, loading: "lazy", sandbox: SANDBOX, style: STYLE };
  return `<iframe ${Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`).join(" ")}></iframe>`;
}
