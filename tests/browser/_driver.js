// Keeps one Chromium and does what it is told, a JSON object a line: {page, do, ...}.
//
// Started by _browser.py, which is the only one that knows this protocol. A selector is one of
// Playwright's (CSS, text=, role=, chained with >>), so a line of a test can be tried in its docs:
// https://playwright.dev/docs/other-locators
"use strict";

const readline = require("node:readline");
const { chromium } = require("playwright-core");

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--font-render-hinting=none",
];

const [executablePath, patience] = process.argv.slice(2);
const PATIENCE = Number(patience);
const pages = new Map();

const verbs = {
  open: (page, { url }) => page.goto(url, { waitUntil: "domcontentloaded" }),
  click: (page, { selector }) => page.locator(selector).click(),
  follow: (page, { selector }) => follow(page, selector),
  fill: (page, { selector, text }) => page.locator(selector).fill(text),
  choose: (page, { selector, text }) => page.locator(selector).selectOption(text),
  type: (page, { text }) => page.keyboard.type(text),
  press: (page, { key }) => page.keyboard.press(key),
  seek: (page, { selector, state }) => seek(page, selector, state),
  wait: (page, { selector, state }) => page.locator(selector).first().waitFor({ state }),
  text: (page, { selector }) => page.locator(selector).first().innerText(),
  outlast: (page, { milliseconds }) =>
    page.evaluate((time) => new Promise((end) => setTimeout(end, time)), Number(milliseconds)),
  count: (page, { selector }) => page.locator(selector).count(),
  value: (page, { selector }) => page.locator(selector).inputValue(),
  html: (page, { selector }) => page.locator(selector).evaluate((node) => node.outerHTML),
  address: (page) => page.url(),
  picture: (page, { path }) => page.screenshot({ path }),
};

async function main() {
  const root = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath, args: [...FLAGS, ...root] });
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PATIENCE);
  say({ ready: true });

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const order = JSON.parse(line);
    try {
      const page = pages.get(order.page) ?? (await newPage(context, order.page));
      const answer = await verbs[order.do](page, order);
      say({ answer: typeof answer === "object" && !Array.isArray(answer) ? null : answer });
    } catch (problem) {
      say({ problem: String(problem.message ?? problem) });
    }
  }
  await browser.close();
}

// Press what opens another page, and wait until that is there, under the name "popup".
async function follow(page, selector) {
  const [popup] = await Promise.all([page.waitForEvent("popup"), page.locator(selector).click()]);
  pages.set("popup", popup);
  await popup.waitForLoadState("domcontentloaded");
}

// Load the page again and again until it shows what is sought, or shows it no longer.
async function seek(page, selector, state) {
  const wanted = state === "visible";
  for (const until = Date.now() + PATIENCE; Date.now() < until; ) {
    if ((await page.locator(selector).count()) > 0 === wanted) return;
    await page.waitForTimeout(200);
    await page.reload({ waitUntil: "domcontentloaded" });
  }
  throw new Error(`after ${PATIENCE} ms, still not ${state}: ${selector}`);
}

async function newPage(context, name) {
  const page = await context.newPage();
  pages.set(name, page);
  return page;
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

main().catch((problem) => {
  say({ problem: String(problem.message ?? problem) });
  process.exitCode = 1;
});
