// Draws cards and says what is wrong with them.
//
//   node draw.mjs <work.json>
//
// work.json: { modules, chromium, out, scale, cards: {name: card}, themes, widths }; pictures (PNG)
// go to the folder `out` unless that is null. The report, a list of { picture, problems }, goes to
// standard output as JSON. Called by ../_drawing.py.
//
// The renderer is the open one (npm adaptivecards) with Teams' colours: Teams itself draws with a
// closed one, so a picture is a good likeness, not a promise.

import { readFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { hostConfig } from "./hosts.mjs";
import { axeRules, findFaults } from "./faults.mjs";

const work = JSON.parse(readFileSync(process.argv[2], "utf8"));
const here = dirname(fileURLToPath(import.meta.url));
const need = createRequire(join(work.modules, "package.json"));
const { chromium } = need("playwright-core");

const browser = await chromium.launch({
  executablePath: work.chromium,
  args: ["--no-sandbox", "--hide-scrollbars", "--force-color-profile=srgb",
         "--font-render-hinting=none"],
});
try {
  if (work.out !== null) mkdirSync(work.out, { recursive: true });
  const looks = work.widths.flatMap((width) => work.themes.map((theme) => [width, theme]));
  const reports = await Promise.all(looks.map((look) => drawAll(browser, ...look)));
  process.stdout.write(JSON.stringify(reports.flat()));
} finally {
  await browser.close();
}

// Each width and theme has a page of its own, and with it a process: they draw side by side.
async function drawAll(browser, width, theme) {
  const page = await open(browser);
  await page.setViewportSize({ width: width + 32, height: 800 });
  const report = [];
  for (const [name, card] of Object.entries(work.cards)) {
    report.push(await draw(page, name, card, theme, width));
  }
  return report;
}

async function open(browser) {
  const context = await browser.newContext({
    offline: true, locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce",
    deviceScaleFactor: work.scale,
  });
  const page = await context.newPage();
  await page.setContent(readFileSync(join(here, "page.html"), "utf8"));
  await page.addStyleTag({ path: need.resolve("adaptivecards/dist/adaptivecards.css") });
  for (const file of ["adaptivecards/dist/adaptivecards.min.js", "markdown-it/dist/browser/markdown-it.umd.min.js",
                      "axe-core/axe.min.js"]) {
    await page.addScriptTag({ path: join(work.modules, "node_modules", file) });
  }
  return page;
}

async function draw(page, name, card, theme, width) {
  const warnings = await page.evaluate(render, { card, config: hostConfig(theme), theme });
  await page.evaluate(() => document.fonts.ready);
  const problems = warnings.concat(await page.evaluate(findFaults));
  if (width === work.widths[0]) problems.push(...await breaches(page));
  const picture = `${name}-${width}-${theme}.png`;
  if (work.out !== null) await page.locator("main").screenshot({ path: join(work.out, picture) });
  return { picture, problems };
}

// Accessibility depends on the theme, not on the width: one width is enough, and axe is slow.
async function breaches(page) {
  const found = await page.evaluate(
    (rules) => axe.run("#card", { runOnly: { type: "rule", values: rules } }), axeRules);
  return found.violations.map(({ id, nodes: [node] }) =>
    `axe ${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`);
}

// Runs in the page. Returns the parser's and the validator's complaints.
function render({ card, config, theme }) {
  const AC = window.AdaptiveCards;
  document.documentElement.dataset.theme = theme;
  const markdown = window.markdownit({ html: false, linkify: false });
  markdown.disable(["heading", "table", "image", "code", "fence", "blockquote"]);
  AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };
  AC.CardElement.langProperty.regEx.lastIndex = 0; // a /g regex remembers where it was
  const drawn = new AC.AdaptiveCard();
  drawn.hostConfig = new AC.HostConfig(config);
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  drawn.parse(card, context);
  const complaints = [];
  for (let i = 0; i < context.eventCount; i++) complaints.push(context.getEventAt(i).message);
  for (const event of drawn.validateProperties().validationEvents) complaints.push(event.message);
  const element = drawn.render();
  document.getElementById("card").replaceChildren(element);
  // Teams' picker of people stands in cards of 1.5 and fetches its choices itself.
  const picker = /"choices\.data"|must have at least one choice/;
  return complaints.filter((complaint) => !picker.test(complaint));
}
