// What is wrong in a state of the page: {criterion: [element and why]}; read by test_criteria.py.
// A name is what a label, an attribute or the text gives, never a placeholder.
() => {
  const found = {};
  const tell = (what, node, why = "") =>
    (found[what] ??= []).push(`${node.outerHTML?.slice(0, 110) ?? node} ${why}`.trim());
  const all = (wanted) => [...document.querySelectorAll(wanted)].filter((node) => !node.closest("noscript"));
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const text = (node) => (node?.textContent ?? "").replace(/\s+/g, " ").trim();
  const named = (node) => node.getAttribute("aria-label")?.trim()
    || text(document.getElementById(node.getAttribute("aria-labelledby")))
    || [...node.labels ?? []].map(text).join(" ").trim();

  for (const node of all("input:not([type=hidden]), select, textarea").filter(shown)) {
    if (!named(node)) tell("field", node);
  }
  for (const node of all("button, summary, [role=button], [role=tab]").filter(shown)) {
    const name = named(node) || text(node);
    if (name.length < 2) tell("button", node);
    // Who speaks to the machine says what stands on the button.
    const bare = (words) => words.replace(/\s+/g, "").toLowerCase();
    if (!bare(name).includes(bare(node.innerText))) tell("spoken", node, name);
  }
  for (const node of all("select").filter((each) => shown(each) && each.options.length > 12)) {
    const loose = [...node.options].filter((each) => each.parentElement === node).length;
    if (loose > 1) tell("choices", node, "are in no group");
    for (const each of node.querySelectorAll("optgroup")) if (!each.label || !each.children.length) tell("choices", each);
  }
  const leads = new Map();
  for (const node of all("a")) {
    const name = named(node) || text(node);
    if (!node.hasAttribute("href")) tell("link", node, "leads nowhere");
    if (name.length < 3) tell("link", node, "says nothing");
    if (/^(ici|here|cliquez|click|lien|link|en savoir plus|more)$/i.test(name)) tell("link", node);
    if (/^https?:/i.test(name)) tell("link", node, "is a bare address");
    if ((leads.get(name) ?? node.href) !== node.href) tell("link", node, "as another that leads elsewhere");
    leads.set(name, node.href);
    if (node.target === "_blank" && !node.rel.includes("noopener")) tell("link", node, "opens the page to another");
  }
  for (const node of all("ul, ol")) {
    const role = node.getAttribute("role");
    const within = { listbox: "option" }[role];
    if (role && !["list", "listbox", "group"].includes(role)) tell("list", node, "is no list any more");
    for (const child of node.children) {
      if (child.tagName !== "LI") tell("list", child, "is no item");
      else if (within && ![within, "presentation", "group"].includes(child.getAttribute("role"))) tell("list", child);
    }
    if (shown(node) && node.getBoundingClientRect().height > 1 && !node.children.length) tell("list", node, "is empty");
  }
  for (const node of all("li")) if (!node.parentElement.matches("ul, ol, menu")) tell("list", node, "is in no list");
  for (const node of all("dt, dd")) if (!node.closest("dl")) tell("list", node, "is in no list");
  for (const node of all("dl")) {
    if (node.children.length && !node.querySelector("dt, div > dt")) tell("list", node, "has no term");
  }
  const takesFocus = "a[href], button, input, select, textarea, summary, [tabindex]";
  for (const node of all(takesFocus).filter(shown)) {
    if (node.closest('[aria-hidden="true"], [inert]') && node.tabIndex >= 0) tell("hidden", node, "takes the focus");
    if (node.tabIndex > 0) tell("order", node);
  }
  for (const node of all("[hidden]")) if (shown(node)) tell("hidden", node, "is seen");
  for (const node of all("p, h1, h2, h3, h4, h5, h6, caption, legend, th").filter(shown)) {
    if (!text(node) && !node.matches("[role=status], [role=alert], [aria-live]") && node.getBoundingClientRect().height > 1
      && !node.children.length) tell("tags", node, "is empty");
  }
  for (const node of all("br, blockquote, u, s, strike, big, tt, center, font, hr + hr, [style*='text-align']")) tell("tags", node);
  for (const node of all("meta[http-equiv=refresh], [autoplay], marquee, blink, bgsound")) tell("time", node);
  for (const node of all("[accesskey], [onclick], [onkeydown], [style*='user-select']")) tell("tags", node);
  for (const node of all("[aria-expanded]")) {
    if (!["true", "false"].includes(node.getAttribute("aria-expanded"))) tell("state", node);
  }
  for (const node of all("[aria-pressed], [aria-expanded], [aria-selected], [aria-checked]")) {
    if (!node.matches("button, summary, input, a[href], [role]")) tell("state", node, "has a state and no role");
  }
  for (const node of all("[role=status], [role=alert], [aria-live]")) {
    if (node.closest('[aria-hidden="true"], [hidden]:not(.gc-link-note)')) tell("status", node, "is not said");
  }

  // Text on its ground, as it is painted: grounds are laid on each other from the root on.
  const ink = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      ink.clearRect(0, 0, 1, 1);
      ink.fillStyle = colour;
      ink.fillRect(0, 0, 1, 1);
      known.set(colour, [...ink.getImageData(0, 0, 1, 1).data].map((part) => part / 255));
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], ground) => [r, g, b].map((part, at) => part * a + ground[at] * (1 - a));
  const dark = getComputedStyle(document.querySelector(".gc")).backgroundColor;
  const groundOf = (node) => (node
    ? over(rgba(getComputedStyle(node).backgroundColor), groundOf(node.parentElement)) : rgba(dark).slice(0, 3));
  const light = (colour) => colour
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const walker = document.createTreeWalker(document.querySelector(".gc"), NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(node) || node.closest(".gc-hidden, .gc-skips, script, style, svg")) continue;
    if (node.closest(":disabled") || node.closest(".gc-map")) continue;
    const style = getComputedStyle(node);
    const ground = groundOf(node);
    const clear = [...(function* up(at) { for (; at; at = at.parentElement) yield at; })(node)]
      .reduce((share, at) => share * Number(getComputedStyle(at).opacity), 1);
    if (clear === 0) continue;
    const [r, g, b, a] = rgba(style.color);
    const [low, high] = [light(over([r, g, b, a * clear], ground)), light(ground)].sort((x, y) => x - y);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (high + 0.05) / (low + 0.05);
    texts += 1;
    if (ratio < (large ? 3 : 4.5)) tell("contrast", node, ratio.toFixed(2));
  }
  if (texts < 40) tell("contrast", document.body, `only ${texts} texts were looked at`);
  return found;
}
