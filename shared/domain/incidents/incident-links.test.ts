import { expect, test } from "vitest";
import type { Link } from "../link.ts";
import { withLinks } from "./incident-links.ts";

const links = (count: number, length = 30): Link[] =>
  Array.from({ length: count }, (_, n) => ({
    text: `${n}`,
    href: `https://example.com/${n}`.padEnd(length, "x"),
  }));

test("new links follow those an incident has, each address once", () => {
  const runbook = { text: "Runbook", href: "https://example.com/1xxxxxxxxx" };
  const incident = { links: [runbook] };
  expect(withLinks(incident, links(3)).links).toEqual([runbook, links(3)[0], links(3)[2]]);
  expect(withLinks(incident, [{ ...runbook, text: "Other" }])).toBe(incident);
  expect(withLinks({ links: [] }, []).links).toEqual([]);
});

test("an incident has ten links, however many its alerts bring", () => {
  expect(withLinks(withLinks({ links: [] }, links(8)), links(100)).links).toEqual(links(10));
});

test("long links leave room for short ones", () => {
  const [a, b, c] = links(3, 2_000) as [Link, Link, Link];
  const short = { text: "Short", href: "https://example.com/" };
  expect(withLinks({ links: [] }, [a, b, c, short]).links).toEqual([a, b, short]);
});
