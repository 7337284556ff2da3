import { expect, test } from "vitest";
import { linksOfAlert } from "./alert-links.ts";

test("links are the web addresses in labels, runbooks first, without duplicates", () => {
  const labels = {
    client_url: "https://client.example/x",
    again: "https://client.example/x",
    generator_url: "http://prometheus:9090/graph?g0.expr=up",
    "annotations.dashboard_url": "https://grafana.example/d/1",
    panel_url: "https://grafana.example/d/1?panel=2",
    silence_url: "https://grafana.example/silence",
    "annotations.runbook_url": "https://wiki.example/runbook",
    region: "eu",
    port: 443,
  };
  expect(linksOfAlert({ labels })).toEqual([
    { text: "Runbook", href: "https://wiki.example/runbook" },
    { text: "Dashboard", href: "https://grafana.example/d/1" },
    { text: "Panel", href: "https://grafana.example/d/1?panel=2" },
    { text: "Source", href: "http://prometheus:9090/graph?g0.expr=up" },
    { text: "Silence", href: "https://grafana.example/silence" },
    { text: "Client", href: "https://client.example/x" },
  ]);
});

test("the links and images of PagerDuty have their texts", () => {
  const labels = {
    links: JSON.stringify([
      { href: "https://wiki.example/a" },
      { href: "https://wiki.example/b", text: "Runbook\nof b" },
      { href: 7, text: "a number" },
      { href: "javascript:alert(1)", text: "script" },
      null,
      "https://wiki.example/text",
    ]),
    images: JSON.stringify([
      { src: "https://cdn.example/graph.png", href: "https://wiki.example/graph", alt: "Graph" },
      { src: "https://cdn.example/other.png" },
    ]),
  };
  expect(linksOfAlert({ labels })).toEqual([
    { text: "Runbook of b", href: "https://wiki.example/b" },
    { text: "Graph", href: "https://wiki.example/graph" },
    { text: "Image", href: "https://cdn.example/other.png" },
    { text: "Links", href: "https://wiki.example/a" },
  ]);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "see https://example.com",
  "https://",
  "//example.com",
  '[{"href":"https://a',
])("%j is no link", (value) => expect(linksOfAlert({ labels: { url: value, links: value } })).toEqual([]));
