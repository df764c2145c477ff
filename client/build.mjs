/** Bundle the page's own code and the notebook widget's, nothing from elsewhere; and take the page's words along. */
import { readFile, writeFile, mkdir } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../geocontracts/webmap/static/", import.meta.url));
/** Bytes. client.js was raised by 3,000 for texts as long as a cell can be, which else held the page, and for the way to the table; by 2,000, and client.css by 400, for what is unknown or away, damaged styles, and low windows. */
const limits = { "client.js": 227_000, "client.css": 48_400, "widget.js": 6_000 };

/** The page is a script of its own; a notebook imports the widget as a module. */
const parts = [
  { entryPoints: { client: "src/main.ts", "client.style": "src/style.css" }, format: "iife" },
  { entryPoints: { widget: "src/widget/widget.ts" }, format: "esm" },
];

/** Return the bundle as {file name: bytes}; nothing is written. */
async function bundle() {
  const files = {};
  for (const part of parts) Object.assign(files, await built(part));
  files["words.json"] = await readFile(`${here}words.json`);
  return files;
}

async function built(part) {
  const result = await build({
    ...part,
    absWorkingDir: here,
    outdir: "out",
    bundle: true,
    write: false,
    minify: true,
    target: "es2020",
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const foreign = Object.keys(result.metafile.inputs).filter((path) => path.includes("node_modules"));
  if (foreign.length > 0) throw new Error(`The bundle holds code that is not ours: ${foreign.join(", ")}`);
  const files = {};
  for (const file of result.outputFiles) {
    const name = basename(file.path).replace("client.style", "client");
    if (/<\/(script|style)/i.test(file.text)) throw new Error(`${name} would close the element it stands in`);
    if (file.contents.length > limits[name]) {
      throw new Error(`${name} weighs ${file.contents.length} bytes, more than the ${limits[name]} agreed`);
    }
    files[name] = Buffer.from(file.contents);
  }
  return files;
}

const files = await bundle();
const checking = process.argv.includes("--check");
if (!checking) await mkdir(target, { recursive: true });
for (const [name, bytes] of Object.entries(files)) {
  if (checking) {
    const committed = await readFile(target + name).catch(() => Buffer.alloc(0));
    if (!committed.equals(bytes)) {
      console.error(`${name} is not what client/src gives: run "npm run build" in client/ and commit the result`);
      process.exitCode = 1;
    }
  } else {
    await writeFile(target + name, bytes);
    console.log(`${name} ${bytes.length} bytes`);
  }
}
