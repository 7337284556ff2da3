/** The number of open incidents on the icon of the tab, as pages have it in their title. */
const link = document.querySelector("link[rel=icon]");
const plain = link?.href ?? "";

export function showBadge() {
  const open = Number(/^(\d+) open/.exec(document.title)?.[1] ?? 0);
  if (!plain.startsWith("data:image/svg+xml,")) return;
  const text = open > 99 ? "99+" : String(open);
  const badge =
    '<rect x="152" y="212" width="360" height="300" rx="72" fill="#ffb454"/>' +
    '<text x="332" y="452" font-family="sans-serif" font-size="240" font-weight="700" text-anchor="middle"' +
    ` textLength="${Math.min(text.length * 130, 320)}" lengthAdjust="spacingAndGlyphs">${text}</text>`;
  const drawing = decodeURIComponent(plain.slice(plain.indexOf(",") + 1));
  const badged = drawing.replace("</svg>", `${badge}</svg>`);
  link.href = open === 0 ? plain : `data:image/svg+xml,${encodeURIComponent(badged)}`;
}

showBadge();
