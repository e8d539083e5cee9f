// What can be wrong with a drawn card. findFaults runs in the page and uses nothing from outside.

export const axeRules = [
  "color-contrast", "image-alt", "label", "select-name", "button-name", "link-name",
  "aria-required-children", "aria-valid-attr-value", "nested-interactive",
];

export function findFaults() {
  const card = document.getElementById("card");
  const frame = card.getBoundingClientRect();
  const faults = [];
  const say = (what, element) => faults.push(`${what}: ${element.textContent.slice(0, 60)}`);

  for (const element of card.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    const shown = box.width > 1 && box.height > 1;
    if (shown && (box.left < frame.left - 1 || box.right > frame.right + 1)) {
      say("outside of the card", element);
    }
    const cuts = getComputedStyle(element).overflowX === "hidden" && element.id !== "card";
    if (cuts && element.scrollWidth > element.clientWidth + 1) say("cut off", element);
  }

  // A link within a sentence is as high as its line (WCAG 2.5.8 leaves these out).
  const targets = card.querySelectorAll("button, a[href]:not(.ac-anchor), input, select, textarea, [role=button]");
  for (const target of targets) {
    if (!target.checkVisibility()) continue; // behind "More"
    const box = target.getBoundingClientRect();
    if (box.width < 24 || box.height < 24) say(`target of ${box.width}x${box.height}`, target);
  }

  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (/\$\{|\{\{DATE|\{\{TIME|undefined|\[object/.test(node.data)) say("unresolved", node);
    for (const word of node.data.matchAll(/[\p{L}\p{N}:]{2,16}/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size > 1 && !/[\p{L}\p{N}]{17}/u.test(node.data)) say(`broken word ${word[0]}`, node);
    }
  }
  return faults;
}
