// Reading the page's colors: what makes a canvas to read one makes it once for each color.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

import { readTheme } from "../../pages/components/kit/theme.js";

const PAGE = {
  "--st-text-color": "#eeeeee",
  "--st-background-color": " rgb(17, 22, 29)",
  "--st-secondary-background-color": "unset",
};

/** A document whose canvases take colors as they are; says how many were made since it was last asked. */
function documentOf(t, page) {
  let made = 0;
  const createElement = () => {
    made += 1;
    return { getContext: () => ({ fillStyle: "" }) };
  };
  globalThis.document = /** @type {any} */ ({ createElement });
  globalThis.getComputedStyle = /** @type {any} */ (
    () => ({ getPropertyValue: (name) => page[name] ?? "", fontSize: "20px", fontFamily: "Noto Sans" })
  );
  t.after(() => {
    delete globalThis.document;
    delete globalThis.getComputedStyle;
  });
  return () => {
    const all = made;
    made = 0;
    return all;
  };
}

function rootOf() {
  const set = new Map();
  return { set, dataset: {}, style: { setProperty: (name, value) => set.set(name, value) } };
}

test("colors are the page's where it has them, and the same when read again, without a canvas", (t) => {
  const canvases = documentOf(t, PAGE);
  const [first, again] = [rootOf(), rootOf()];
  const theme = readTheme(first);
  assert.equal(theme.dark, true);
  assert.equal(theme.text, "#eeeeee");
  assert.equal(theme.background, "#11161d");
  assert.equal(theme.panel, "#1C2530"); // its own for the dark: the page says none
  assert.equal(theme.scale, 1.25);
  assert.equal(first.set.get("--w2v-background"), "#11161d");
  assert.ok(canvases() > 0);
  assert.deepEqual(readTheme(again), theme);
  assert.deepEqual(again.set, first.set);
  assert.equal(canvases(), 0);
});

test("a page that changes its theme is read as it is then", (t) => {
  documentOf(t, PAGE);
  assert.equal(readTheme(rootOf()).dark, true);
  documentOf(t, { "--st-text-color": "#101010", "--st-background-color": "#fafafa" });
  const light = readTheme(rootOf());
  assert.equal(light.dark, false);
  assert.deepEqual([light.text, light.background], ["#101010", "#fafafa"]);
});

test("every color and length that a style sheet names is set somewhere: what is not paints nothing", (t) => {
  documentOf(t, PAGE);
  const root = rootOf();
  readTheme(/** @type {any} */ (root));
  const folder = new URL("../../pages/", import.meta.url);
  const files = /** @type {string[]} */ (readdirSync(folder, { recursive: true })).filter((name) =>
    /\.(css|js)$/.test(name),
  );
  const texts = files.map((name) => readFileSync(new URL(name, folder), "utf8"));
  const found = (pattern) => texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]));
  const set = new Set([...root.set.keys(), ...found(/(--w2v-[\w-]+)"?[:,]/g)]);
  assert.deepEqual(
    [...new Set(found(/var\((--w2v-[\w-]+)\)/g))].filter((name) => !set.has(name)),
    [],
  );
});
