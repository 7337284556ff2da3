import { describe, expect, test } from "vitest";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { email } from "./email.ts";

const down = "** PROBLEM Service Alert: web-1/HTTP is CRITICAL **";
const up = "** RECOVERY Service Alert: web-1/HTTP is OK **";

async function integrated(settings: Readonly<Record<string, unknown>> = {}) {
  const system = integrationSystem();
  const { key } = await system.integrate("email", settings);
  let sent = 0;
  const receive = (fields: object) => {
    sent += 1;
    const body = { sender: "nagios@example.com", message_id: `<${sent}@example.com>`, ...fields };
    return system.ask({ method: "POST", path: `/integrations/${key}`, body });
  };
  return { system, receive };
}

describe("an email to an integration", () => {
  test("opens an incident with its text, sender and attachments, and resolves it by its subject", async () => {
    const { system, receive } = await integrated();
    const attachments = [{ name: "graph.png", type: "image/png", bytes: 2_000 }];
    const reply = await receive({
      subject: down,
      text: "timeout\nafter 10 s",
      from: "n@example.com",
      attachments,
    });
    expect([reply.status, reply.json()]).toEqual([
      202,
      {
        status: "accepted",
        alert_id: expect.any(String),
        dedup_key: "mail:service alert: web-1/http",
      },
    ]);
    expect(await system.incidents()).toMatchObject([
      { status: "open", severity: "high", description: "timeout\nafter 10 s", source: "n@example.com" },
    ]);
    expect((await system.alerts())[0]?.labels).toEqual({
      from: "n@example.com",
      message_id: "<1@example.com>",
      attachments: "graph.png (image/png, 2 KiB)",
    });
    await receive({ subject: down });
    expect(await system.incidents()).toMatchObject([{ alertCount: 2 }]);
    await receive({ subject: up });
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test("counts once, even if it is delivered twice", async () => {
    const { system, receive } = await integrated();
    await receive({ subject: down, message_id: "<a@example.com>" });
    await receive({ subject: down, message_id: "<a@example.com>" });
    expect(await system.incidents()).toMatchObject([{ alertCount: 1 }]);
  });

  test("is read by the integration's patterns", async () => {
    const { system, receive } = await integrated({
      severity: "critical",
      dedup_pattern: "host (\\S+)",
      resolve_pattern: "is back|all good",
    });
    await receive({ subject: "Ping failed for Host DB-1 at 10:00" });
    await receive({ subject: "High load on host db-1 at 10:05" });
    expect(await system.incidents()).toMatchObject([{ severity: "critical", alertCount: 2 }]);
    await receive({ subject: "[OK] host db-1" });
    expect(await system.incidents()).toMatchObject([{ status: "open" }]);
    await receive({ subject: "host db-1 IS BACK" });
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test("without a subject, or with one that no pattern matches, still opens an incident", async () => {
    const { system, receive } = await integrated({ dedup_pattern: "host (\\S+)" });
    await receive({ subject: "", text: "help" });
    await receive({ subject: "Disk is full" });
    expect((await system.incidents()).map(({ title }) => title)).toEqual([
      "[HIGH] checkout: Email from nagios@example.com without a subject",
      "[HIGH] checkout: Disk is full",
    ]);
  });

  test("that RE2 can't match with the pattern is read without it, and reported", async () => {
    const { system, receive } = await integrated({ dedup_pattern: "(a{1,500}){1,500}" });
    expect((await receive({ subject: down })).status).toBe(202);
    expect(await system.incidents()).toMatchObject([{ status: "open" }]);
    expect(system.errors).toMatchObject([
      { status: null, message: expect.stringContaining("The pattern (a{") },
    ]);
  });

  test.each([
    ["it is a bounce", { sender: "" }],
    ["it is a bounce", { sender: "<>" }],
    ["it is a bounce", { headers: { "content-type": "multipart/report; report-type=delivery-status" } }],
    ["it is an automatic answer", { headers: { "auto-submitted": "auto-replied (vacation)" } }],
    ["it is an automatic answer", { headers: { precedence: "auto_reply" } }],
    ["it is an automatic answer", { headers: { "x-autoreply": "yes" } }],
    ["this platform sent it", { message_id: `<ntf_1.${"a".repeat(22)}@example.com>` }],
    ["this platform sent it", { message_id: "<ntf_01KARA5QJ000000000000000AB@example.com>" }],
    ["it belongs to a notification", { replies_to: ["<x@y>", `<ntf_1.${"a".repeat(22)}@ref.example.com>`] }],
    ["it belongs to a notification", { replies_to: ["<ntf_01KARA5QJ000000000000000AB@ref.example.com>"] }],
  ])("becomes no alert if %s: %j", async (reason, fields) => {
    const { system, receive } = await integrated();
    const reply = await receive({ subject: "Out of office", ...fields });
    expect([reply.status, reply.json()]).toEqual([200, { status: "ignored", reason }]);
    expect(await system.incidents()).toEqual([]);
    expect(system.errors).toMatchObject([{ message: `Ignored an email, because ${reason}: Out of office` }]);
  });

  test("that a system sends automatically, also in bulk, becomes an alert", async () => {
    const { system, receive } = await integrated();
    await receive({ subject: down, headers: { "auto-submitted": "auto-generated", precedence: "bulk" } });
    expect(await system.incidents()).toHaveLength(1);
  });

  test.each(["(", "(?=x)", "(?<!x)y", "(x)\\1", "x".repeat(1_001)])(
    "rejects the pattern %j",
    (dedup_pattern) => {
      expect(email.settings.safeParse({ dedup_pattern }).success).toBe(false);
    },
  );
});
