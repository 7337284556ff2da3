/** Icons: one sprite per page, which its parts refer to. Drawn on a grid of 24 with strokes. */

const drawings = {
  home: "M4 11l8-7 8 7M6 9.5V20h4.5v-5.5h3V20H18V9.5",
  incidents: "M12 4L2.8 19.5h18.4zM12 10v4.5M12 17v.1",
  alerts: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4",
  "on-call": "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16M12 8v4.5l3 2",
  services: "M12 3.5l8 4.3v8.4l-8 4.3-8-4.3V7.8zM4 7.8l8 4.3 8-4.3M12 12.1v8.4",
  insights: "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 17a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  more: "M4.5 12h1M11.5 12h1M18.5 12h1",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M16 16l4.5 4.5",
  plus: "M12 5v14M5 12h14",
  person: "M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20a7.5 7.5 0 0 1 15 0",
} as const;

export type IconName = keyof typeof drawings;

/** Draws an icon beside its text, which names it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`#icon-${name}`} />
    </svg>
  );
}

/** All icons, drawn once per page. */
export function IconSprite() {
  return (
    <svg class="sprite" aria-hidden="true">
      {Object.entries(drawings).map(([name, drawing]) => (
        <symbol id={`icon-${name}`} viewBox="0 0 24 24">
          <path d={drawing} />
        </symbol>
      ))}
    </svg>
  );
}
