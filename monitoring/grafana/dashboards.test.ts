import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { describe, expect, test } from "vitest";
import { dashboards } from "./build.ts";

const columns = 24;

function panelsOf(dashboard: (typeof dashboards)[number]): Panel[] {
  return (dashboard.panels ?? []).filter((panel): panel is Panel => panel.type !== "row");
}

test("dashboards keep their uids, which links have", () => {
  expect(dashboards.map(({ uid }) => uid)).toEqual([
    "incident-overview",
    "sre-performance",
    "platform-health",
  ]);
});

describe.each(dashboards.map((dashboard) => ({ title: dashboard.title, panels: panelsOf(dashboard) })))(
  "the panels of $title",
  ({ panels }) => {
    test("have ids and titles of their own, a description, a unit and a data source", () => {
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
      for (const { title, description, datasource, fieldConfig } of panels) {
        expect(description, title).toMatch(/^[A-Z].{20,}[.]$/);
        expect(fieldConfig?.defaults?.unit, title).toBeTruthy();
        expect(datasource?.uid, title).toBe("prometheus");
      }
    });

    test("fill the grid's columns without lying on each other", () => {
      const taken = new Set<string>();
      for (const { gridPos, title } of panels) {
        const { x, y, w, h } = gridPos ?? { x: 0, y: 0, w: 0, h: 0 };
        for (let column = x; column < x + w; column++) {
          for (let row = y; row < y + h; row++) {
            expect(column, title).toBeLessThan(columns);
            expect(taken.has(`${column} ${row}`), title).toBe(false);
            taken.add(`${column} ${row}`);
          }
        }
      }
      const height = Math.max(...panels.map(({ gridPos }) => (gridPos?.y ?? 0) + (gridPos?.h ?? 0)));
      expect(taken.size).toBe(columns * height);
    });
  },
);
