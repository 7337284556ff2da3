import { expect, test } from "vitest";
import { linksOfAlerts } from "./alert-links.ts";

test("links are the web addresses in labels, runbooks first, without duplicates", () => {
  const labels = {
    client_url: "https://client.example/x",
    generator_url: "http://prometheus:9090/graph?g0.expr=up",
    "annotations.dashboard_url": "https://grafana.example/d/1",
    "annotations.runbook_url": "https://wiki.example/runbook",
    region: "eu",
    port: 443,
  };
  const links = [
    { text: "Runbook", href: "https://wiki.example/runbook" },
    { text: "Dashboard", href: "https://grafana.example/d/1" },
    { text: "Source", href: "http://prometheus:9090/graph?g0.expr=up" },
    { text: "Client", href: "https://client.example/x" },
  ];
  expect(linksOfAlerts([{ labels }, { labels }])).toEqual(links);
});

test("other schemes, and texts that only contain an address, are no links", () => {
  const labels = {
    a_url: "javascript:alert(1)",
    b_url: "data:text/html,x",
    c_url: "see https://example.com",
    d_url: "https://",
    e_url: "docs/monitoring.md",
    f_url: "//example.com",
  };
  expect(linksOfAlerts([{ labels }])).toEqual([]);
});

test("an incident has a few links, however many its alerts have", () => {
  const alerts = Array.from({ length: 100 }, (_, n) => ({ labels: { url: `https://example.com/${n}` } }));
  const links = linksOfAlerts(alerts);
  expect(links).toHaveLength(8);
  expect(links[0]).toEqual({ text: "Link", href: "https://example.com/0" });
});
