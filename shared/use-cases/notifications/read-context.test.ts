/** Context of notifications, from the alert to the channel. */
import { describe, expect, test } from "vitest";
import { aDraft, ada, bob, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { systemOf } from "../../../tests/support/memory/escalation.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";

const deploy = {
  id: "chg_01KAR0000000000000000000C1",
  service: "checkout",
  summary: "Deploy checkout 4.2",
  source: null,
  at: monday - minutes(5),
  links: [{ href: "https://ci.example.com/42", text: "Build" }],
  details: {},
};

const labels = {
  instance: "web-1",
  runbook_url: "https://wiki.example.com/checkout",
  links: '[{"href":"https://a.example"}]',
  "multi\nline": "first\nsecond",
  empty: "",
  count: 3,
};

/** A system whose messages are recorded, with an escalation from Ada to Bob. */
async function recorded() {
  const messages: OutgoingMessage[] = [];
  const channel = {
    async deliver(message: OutgoingMessage) {
      messages.push(message);
      return { detail: "accepted" };
    },
  };
  return { system: await systemOf({}, { channel }), messages };
}

describe("the context of a page", () => {
  test("has labels that are no links, the latest changes, and who is paged next", async () => {
    const { system, messages } = await recorded();
    await system.deps.changes.append({ ...deploy, id: `chg_${system.deps.ulid(monday - minutes(5))}` });
    await system.receive(aDraft({ labels }));
    await system.pump();
    const [{ context, notification } = expect.fail("no page")] = messages;
    expect(notification.recipient).toBe(ada.email);
    expect(context.labels).toEqual([
      { name: "instance", value: "web-1" },
      { name: "multi line", value: "first second" },
      { name: "count", value: "3" },
    ]);
    expect(context.changes).toEqual([
      { summary: "Deploy checkout 4.2", at: deploy.at, href: "https://ci.example.com/42" },
    ]);
    expect(context.next).toEqual({ at: monday + seconds(300), names: [bob.name] });
  });

  test("is read again when the incident escalates, and plans nothing after the last level", async () => {
    const { system, messages } = await recorded();
    await system.receive(aDraft({ labels }));
    await system.settle({ within: minutes(6) });
    const escalated = messages.find(({ notification }) => notification.recipient === bob.email);
    expect(escalated?.context.labels).toContainEqual({ name: "instance", value: "web-1" });
    expect(escalated?.context.next).toBeNull();
  });

  test("is missing if it cannot be read, and the page is sent", async () => {
    const { system, messages } = await recorded();
    const recentChanges = () => Promise.reject(new Error("unreadable"));
    Object.assign(system.deps, { recentChanges });
    await system.receive(aDraft({ labels }));
    await system.pump();
    expect(messages).toHaveLength(1);
    expect(messages[0]?.context).toEqual({ labels: [], changes: [], next: null });
    expect(system.lines.map(({ message }) => message)).toContain("notifications sent without context");
  });
});

test("labels and changes that are too many or too long are clipped", async () => {
  const { system, messages } = await recorded();
  for (let count = 1; count <= 5; count += 1) {
    const id = `chg_${system.deps.ulid(monday - minutes(6 - count))}`;
    await system.deps.changes.append({ ...deploy, id, summary: `${count}${"x".repeat(1_000)}`, links: [] });
  }
  const many = Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`label${n}`, "💥".repeat(1_000)]));
  await system.receive(aDraft({ labels: many }));
  await system.pump();
  const { context } = messages[0] ?? expect.fail("no page");
  expect(context.labels).toHaveLength(10);
  expect(context.changes.map(({ summary }) => summary[0])).toEqual(["5", "4", "3"]);
  const texts = [
    ...context.labels.map(({ value }) => value),
    ...context.changes.map(({ summary }) => summary),
  ];
  for (const text of texts) {
    expect(text.length).toBeLessThanOrEqual(200);
    expect(text.isWellFormed()).toBe(true);
  }
  expect(Buffer.byteLength(JSON.stringify(context))).toBeLessThan(8 * 1024);
});
