import { expect, test } from "vitest";
import { linkNames } from "./link-buttons.tsx";

const link = (text: string, href: string) => ({ text, href });

test("links of the same text have distinct names", () => {
  expect(
    linkNames([
      link("Runbook", "https://wiki.example.com/cart"),
      link("Dashboard", "https://grafana.example.com/cart"),
      link("Runbook", "https://docs.example.com/cart"),
      link("Runbook", "https://wiki.example.com/disk"),
      link("Runbook", "https://wiki.example.com/disk#full"),
    ]),
  ).toEqual([
    "Runbook (wiki.example.com/cart)",
    "Dashboard",
    "Runbook (docs.example.com/cart)",
    "Runbook (wiki.example.com/disk)",
    "Runbook (wiki.example.com/disk) 2",
  ]);
});
