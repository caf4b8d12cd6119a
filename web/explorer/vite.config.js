// The build is one HTML file: one style and one script inside, both named by their hash in a policy that
// forbids everything else, so that no name or quote in the data can ever run or load anything.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { defineConfig } from "vite";

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Return the licences of the packages inside, which ask to stand in every copy. */
function licences(chunk) {
  const inside = Object.keys(chunk.modules).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  const names = [...new Set(inside.filter(Boolean))].sort();
  const texts = names.map((name) => {
    const folder = `node_modules/${name}`;
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    if (!file) throw new Error(`${name} has no licence`);
    return `${name}\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}`;
  });
  return `/*! This page contains:\n\n${texts.join("\n\n---\n\n").replaceAll("*/", "* /")}\n*/\n`;
}

function oneFile() {
  return {
    name: "one-file",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const page = files.find((file) => file.fileName.endsWith(".html"));
      const style = String(files.find((file) => file.fileName.endsWith(".css")).source).trim();
      const chunk = files.find((file) => file.type === "chunk");
      const script = licences(chunk) + chunk.code.trim();
      if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error("would end its element");
      const policy = [
        "default-src 'none'",
        `script-src ${hash(script)}`,
        `style-src ${hash(style)}`,
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
      ].join("; ");
      const html = String(page.source)
        .replace(/\s*<(script|link)\b[^>]*(src|href)="[^"]*"[^>]*>(<\/script>)?/g, "")
        // Functions, because a replacement text would read "$&" in the script as something to put in.
        .replace("%POLICY%", () => policy)
        .replace("<!--style-->", () => `<style>${style}</style>`)
        .replace("<!--script-->", () => `<script type="module">${script}</script>`);
      for (const file of files) delete bundle[file.fileName];
      this.emitFile({ type: "asset", fileName: "explorer.html", source: html });
    },
  };
}

export default defineConfig({
  build: {
    outDir: "../../kg/export/explorer",
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    modulePreload: false,
    reportCompressedSize: false,
  },
  plugins: [oneFile()],
});
