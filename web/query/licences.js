// Move the assets to where the server looks for them, and write down whose work is in them, with the licences.
import { existsSync, readFileSync, readdirSync, renameSync, rmdirSync, writeFileSync, copyFileSync } from "node:fs";
import { join } from "node:path";

const target = new URL("../../kg/serve/assets/", import.meta.url).pathname;
for (const name of readdirSync(join(target, "assets"))) renameSync(join(target, "assets", name), join(target, name));
rmdirSync(join(target, "assets"));
copyFileSync(new URL("src/icon.svg", import.meta.url).pathname, join(target, "icon.svg"));

// package-lock.json lists what is installed; what is only needed to build is marked `dev`. YASQE and YASR are
// bundled in YASGUI together with all that they need, so everything else counts.
const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const parts = Object.entries(lock.packages)
  .filter(([place, entry]) => place && !entry.dev && !entry.optional)
  .map(([place]) => {
    const about = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
    const file = readdirSync(place).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file ? readFileSync(join(place, file), "utf8").trim() : "";
    const author = typeof about.author === "string" ? about.author : (about.author?.name ?? "");
    return { title: `${about.name} ${about.version}`, licence: about.license ?? "see below", author, text };
  })
  .sort((one, two) => (one.title < two.title ? -1 : 1));
// Some packages only name their licence; the words of MIT are the same for all.
const mit = parts.find(({ title }) => title.startsWith("jquery ")).text;
const words = mit.slice(mit.indexOf("Permission is hereby granted"));
const lines = ["Works by others in query.js and query.css, with their licences.", ""];
for (const { title, licence, author, text } of parts) {
  lines.push("=".repeat(80), `${title} (${licence})${author ? `, ${author}` : ""}`, "");
  lines.push(text ? text.replace(/\r\n/g, "\n").replace(/[ \t]+$/gm, "") : licence === "MIT" ? `Copyright ${author}\n\n${words}` : "(The package holds no text of its licence.)", "");
}
writeFileSync(join(target, "THIRD_PARTY.txt"), lines.join("\n"));
for (const name of ["query.html", "query.js", "query.css"]) {
  if (!existsSync(join(target, name))) throw new Error(`${name} is missing`);
}
