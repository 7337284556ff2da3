/** Claims of the README about the repository. Its commands run in `tests/e2e/outage.test.ts`. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { channelLabel, channelNames } from "../shared/channels/registry.ts";

const root = resolve(import.meta.dirname, "..");
const readme = readFileSync(resolve(root, "README.md"), "utf8");

test("fits on one and a half screens", () => {
  expect(readme.split("\n").length).toBeLessThanOrEqual(75);
});

test("links every document, and nothing that doesn't exist", () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)|src="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image,
  );
  expect(links).toEqual(expect.arrayContaining(globSync("docs/*.md", { cwd: root })));
  expect(links.filter((link) => !existsSync(resolve(root, `${link}`)))).toEqual([]);
});

test("names commands of package.json", () => {
  const commands = [...readme.matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name]) => name);
  expect(commands).toEqual(expect.arrayContaining(["start", "demo", "deploy"]));
  const known = ["ci", ...Object.keys(packageJson.scripts)];
  expect(commands.filter((name) => !known.includes(`${name}`) && name !== "npm")).toEqual([]);
});

test("lists only notification channels that exist", () => {
  const [, cell = ""] = /^\| Notifications +\| (.*)\|$/m.exec(readme) ?? [];
  const listed = cell.split(",").map((name) => name.trim().toLowerCase().replace(/s$/, ""));
  const labels = channelNames.map((name) => channelLabel(name).toLowerCase().replace(/s$/, ""));
  expect(listed.length).toBeGreaterThan(5);
  expect(listed.filter((name) => !labels.includes(name))).toEqual([]);
});
