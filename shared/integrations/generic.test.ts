import { describe, expect, test } from "vitest";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";

describe("generic JSON", () => {
  test("becomes an alert of the integration's service", async () => {
    const system = integrationSystem();
    const { key, integration } = await system.integrate("generic");
    const body = {
      title: "Disk is full",
      severity: "warning",
      id: "disk",
      host: "db-1",
      labels: { mount: "/" },
    };
    const reply = await system.ask({ method: "POST", path: `/integrations/${key}`, body });
    expect(reply.status).toBe(202);
    const [alert] = await system.alerts();
    expect(reply.json()).toEqual({ status: "accepted", alert_id: alert?.id, dedup_key: "disk" });
    expect(alert).toMatchObject({
      service: "checkout",
      message: "Disk is full",
      severity: "medium",
      source: "db-1",
      labels: { mount: "/" },
      dedupKey: `${integration.id}:disk`,
      action: "trigger",
      outcome: "new_incident",
    });
  });

  test("is read where the mapping says", async () => {
    const system = integrationSystem();
    const mapping = {
      message: "$.alert.rules.0.name",
      service: "app",
      action: "phase",
      dedup_key: "$.alert.id",
    };
    const { key } = await system.integrate("generic", { mapping });
    const ask = (phase: string) =>
      system.ask({
        method: "POST",
        path: `/integrations/${key}/`,
        body: { alert: { id: 7, rules: [{ name: "p99 is high" }] }, app: " Search ", phase },
      });
    expect((await ask("firing")).json()).toMatchObject({ dedup_key: "7" });
    await ask("OK");
    expect(await system.alerts()).toMatchObject([
      { message: "p99 is high", service: "search", action: "trigger" },
      { service: "search", action: "resolve" },
    ]);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test("loses characters that disguise a title or the name of a service", async () => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic", { mapping: { service: "app" } });
    const body = { message: "T19 \u0002\u202edown\u2069", app: "Sea\u0001rch" };
    expect((await system.ask({ method: "POST", path: `/integrations/${key}`, body })).status).toBe(202);
    expect(await system.incidents()).toMatchObject([{ title: "[HIGH] search: T19 down", service: "search" }]);
  });

  const received = async (body: unknown, settings = {}, headers: Record<string, string> = {}) => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic", settings);
    const reply = await system.ask({ method: "POST", path: `/integrations/${key}`, body, headers });
    const [alert] = await system.alerts();
    return { system, reply, alert };
  };

  test.each<[string, object, object]>([
    ["an empty message", { message: "", title: " ", text: "Disk is full" }, { message: "Disk is full" }],
    ["a message that is an object", { message: { text: "x" }, title: "Full" }, { message: "Full" }],
    ["a message that is a list", { message: ["x"], msg: "Full" }, { message: "Full" }],
    ["a message that is a number", { message: 5, title: "Full" }, { message: "Full" }],
    ["nothing but a number", { message: 5 }, { message: "5" }],
    ["an empty severity", { message: "x", severity: "", priority: "critical" }, { severity: "critical" }],
    ["a severity that is an object", { message: "x", severity: {}, level: "low" }, { severity: "low" }],
    ["an unknown severity", { message: "x", severity: "odd", priority: "P1" }, { severity: "critical" }],
    ["an empty dedup key", { message: "x", dedup_key: "", alias: null, id: "k" }, { dedupKey: "k" }],
    ["a dedup key that is an object", { message: "x", dedup_key: { a: 1 }, id: 7 }, { dedupKey: "7" }],
    ["an empty source", { message: "x", source: "", host: {}, hostname: "db-1" }, { source: "db-1" }],
    ["a host that is an object", { message: "x", host: { name: "db-1" } }, { source: "db-1" }],
    [
      "no time",
      { message: "x", timestamp: "", time: "2026-11-23T09:00:00Z" },
      { timestamp: 1_795_424_400_000 },
    ],
    [
      "a time that is none",
      { message: "x", timestamp: {}, time: 1_795_424_400 },
      { timestamp: 1_795_424_400_000 },
    ],
    [
      "an action that is none",
      { message: "x", action: "", status: {}, state: "closed" },
      { action: "resolve" },
    ],
    ["labels that are empty", { message: "x", labels: {}, tags: { a: 1 } }, { labels: { a: 1 } }],
    [
      "labels that are a text",
      { message: "x", labels: "y", details: { b: 2 } },
      { labels: { labels: "y", b: 2 } },
    ],
    ["tags in a list", { message: "x", tags: ["env:prod", "db"] }, { labels: { env: "prod", db: true } }],
    ["tags with names", { message: "x", tags: [{ tag: "env", value: "prod" }] }, { labels: { env: "prod" } }],
    ["two texts", { message: "x", description: "Look at db-1" }, { labels: { description: "Look at db-1" } }],
  ])("with %s is read from the next field", async (_, body, expected) => {
    const { alert } = await received(body);
    const { dedupKey, ...rest } = alert ?? { dedupKey: null };
    expect({ ...rest, dedupKey: dedupKey?.replace(/^[^:]*:/, "") }).toMatchObject(expected);
  });

  test("leaves out a tag whose value is null", async () => {
    const tags = [{ name: "n", value: null }, { name: "m", value: "v" }, { name: "bare" }];
    expect((await received({ message: "t", id: "1", tags })).alert?.labels).toEqual({ m: "v", bare: true });
  });

  test("is read by the common names if the path of the message has no value", async () => {
    const mapping = { message: "$.alert.title" };
    expect((await received({ alert: { title: "" }, text: "Full" }, { mapping })).alert?.message).toBe("Full");
    expect((await received({ alert: { title: "A" }, text: "B" }, { mapping })).alert?.message).toBe("A");
  });

  const ends = [
    ...["success", "normal", "clear", "cleared", "completed", "healthy", "fixed", "ok", "inactive", "ended"],
    ...["resolved", "recovered", "closed", "up", "done"],
  ];
  const endFields = ["status", "action", "state", "type", "severity", "level"];
  const spellings = [
    (word: string) => word,
    (word: string) => word.toUpperCase(),
    (word: string) => ` ${word[0]?.toUpperCase()}${word.slice(1)}\t`,
  ];

  test.each(endFields)(
    "is over by a %s that is a word for the end, in any case and with blanks",
    async (field) => {
      for (const word of ends)
        for (const spelling of spellings) {
          const fields = { [field]: spelling(word) };
          const { alert } = await received({ id: "m1", message: "down", ...fields });
          expect([fields, alert?.action]).toEqual([fields, "resolve"]);
        }
    },
  );

  test("is over by a severity that a mapping names, unless that is a priority", async () => {
    const actionAt = async (path: string, word: string) => {
      const body = { message: "down", alert: { severity: word, priority: word } };
      return (await received(body, { mapping: { severity: path } })).alert?.action;
    };
    expect(await actionAt("$.alert.severity", "normal")).toBe("resolve");
    expect(await actionAt("$.alert.priority", "normal")).toBe("trigger");
  });

  test.each([
    [{ status: "success" }],
    [{ severity: " OK " }],
    [{ severity: "normal", priority: "high" }],
    [{ level: "OK", previousLevel: "CRITICAL" }],
    [{ type: "success" }],
    [{ action: "created", state: "resolved" }],
    [{ current_state: "closed" }],
  ])("is over by %j", async (end) => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic");
    const post = (fields: object) =>
      system.ask({
        method: "POST",
        path: `/integrations/${key}`,
        body: { id: "m1", message: "down", ...fields },
      });
    await post({ status: "firing" });
    await post(end);
    expect(await system.incidents()).toMatchObject([{ status: "resolved", alertCount: 2 }]);
  });

  test.each([
    [{ status: "firing", severity: "ok" }],
    [{ status: "critical", state: "ok" }],
    [{ status: "firing", severity: "normal" }],
    [{ priority: "normal" }],
    [{ priority: "normal", alert_type: "error" }],
    [{ urgency: "normal" }],
    [{ type: "info" }],
    [{ status: "unknown" }],
    [{ status: false }],
  ])("is not over by %j", async (fields) => {
    expect((await received({ message: "down", ...fields })).alert?.action).toBe("trigger");
  });

  test.each<[string, object, object]>([
    [
      "apprise",
      { version: "1.0", title: "Backup failed", message: "rsync: exit 23", type: "failure" },
      { message: "rsync: exit 23", severity: "high", labels: { title: "Backup failed" } },
    ],
    [
      "Kapacitor",
      {
        id: "cpu:a",
        message: "cpu is CRITICAL",
        level: "CRITICAL",
        previousLevel: "OK",
        details: "<b>cpu</b>",
      },
      { action: "trigger", severity: "critical", dedupKey: "cpu:a", labels: { details: "<b>cpu</b>" } },
    ],
    [
      "Datadog",
      {
        id: "6521",
        title: "[Triggered] High CPU",
        body: "%%% CPU %%%",
        alert_type: "error",
        alert_transition: "Recovered",
        priority: "normal",
        date: "1795428000000",
        tags: "env:prod,role:db",
      },
      {
        message: "[Triggered] High CPU",
        action: "resolve",
        severity: "high",
        timestamp: 1_795_428_000_000,
        labels: { env: "prod", role: "db" },
      },
    ],
    [
      "New Relic, closed without a title",
      { id: "be7c", title: null, priority: "CRITICAL", state: "CLOSED", createdAt: 1_795_428_000_000 },
      { message: "be7c is resolved", action: "resolve", dedupKey: "be7c", severity: "critical" },
    ],
    [
      "Sentry",
      {
        action: "resolved",
        data: { issue: { id: "117", title: "TypeError: x", level: "warning" } },
        actor: { type: "user", id: 1, name: "ada" },
      },
      { message: "TypeError: x", action: "resolve", dedupKey: "117", severity: "medium" },
    ],
    [
      "Netdata",
      { host: "db-1", alarm: "disk", status: "CRITICAL", old_status: "CLEAR", message: "disk is full" },
      { message: "disk is full", action: "trigger", severity: "critical", source: "db-1" },
    ],
    [
      "Icinga, acknowledged",
      { host: { name: "db-1" }, state: "CRITICAL", type: "ACKNOWLEDGEMENT", message: "db-1 is down" },
      { action: "acknowledge", severity: "critical", source: "db-1" },
    ],
    [
      "Checkmk",
      { hostname: "db-1", notification_type: "RECOVERY", state: "UP", msg: "db-1 is up" },
      { action: "resolve", source: "db-1" },
    ],
    [
      "Zabbix",
      { subject: "Problem: High CPU", message: "High CPU", severity: "Disaster", status: "PROBLEM" },
      { message: "High CPU", action: "trigger", severity: "critical" },
    ],
    [
      "Home Assistant",
      { title: "Water leak", message: "In the kitchen", state: "on" },
      { message: "In the kitchen", action: "trigger", labels: { title: "Water leak" } },
    ],
    [
      "Google Cloud",
      {
        incident: { incident_id: "0.a", state: "closed", summary: "CPU", severity: "Warning" },
        version: "1.2",
      },
      { message: "CPU", action: "resolve", dedupKey: "0.a", severity: "medium" },
    ],
    [
      "Azure",
      {
        data: {
          essentials: { alertRule: "cpu", severity: "Sev1", monitorCondition: "Resolved", description: "" },
        },
      },
      { message: "cpu", action: "resolve", severity: "critical" },
    ],
    [
      "EventBridge",
      {
        "detail-type": "GuardDuty Finding",
        source: "aws.guardduty",
        region: "eu-central-1",
        resources: [],
        detail: { id: "f1", title: "Mining on i-0abc", severity: 5 },
      },
      { message: "GuardDuty Finding: Mining on i-0abc", severity: "medium", source: "aws.guardduty" },
    ],
    [
      "names with capitals",
      { Title: "X", Message: "", Severity: "Critical", Id: 5, Status: "Down" },
      { message: "X", action: "trigger", severity: "critical", dedupKey: "5" },
    ],
  ])("of %s is understood", async (_, body, expected) => {
    const { alert } = await received(body);
    const { dedupKey, ...rest } = alert ?? { dedupKey: null };
    expect({ ...rest, dedupKey: dedupKey?.replace(/^[^:]*:/, "") }).toMatchObject(expected);
  });

  test("of GitHub uses the conclusion of a run, if a mapping selects it", async () => {
    const mapping = {
      message: "workflow_run.name",
      action: "workflow_run.conclusion",
      dedup_key: "workflow_run.workflow_id",
    };
    const run = (conclusion: string) => ({
      action: "completed",
      workflow_run: { name: "CI", conclusion, workflow_id: 7 },
    });
    expect((await received(run("failure"), { mapping })).alert).toMatchObject({ action: "trigger" });
    expect((await received(run("success"), { mapping })).alert).toMatchObject({ action: "resolve" });
  });

  test("may be a list, each of its own", async () => {
    const body = [{ id: "a", message: "one" }, { id: "b" }, { id: "c", message: "three" }, 5];
    const { system, reply } = await received(body);
    const alerts = await system.alerts();
    expect([reply.status, reply.json()]).toEqual([
      202,
      {
        accepted: [
          { alert_id: alerts[0]?.id, dedup_key: "a", status: "accepted" },
          { alert_id: alerts[1]?.id, dedup_key: "c", status: "accepted" },
        ],
        rejected: [
          { index: 1, errors: [{ path: "message", message: expect.stringContaining("no message") }] },
          { index: 3, errors: [{ path: "", message: expect.stringContaining("object") }] },
        ],
      },
    ]);
    expect(system.errors).toMatchObject([
      { status: null, message: expect.stringContaining("1.message") },
      { status: null, message: expect.stringContaining("3 must be an object") },
    ]);
    expect((await received([])).reply.status).toBe(202);
    expect((await received(Array.from({ length: 2_001 }, () => ({ message: "x" })))).reply.status).toBe(422);
  });

  test.each([
    ["fields of a form", "message=Disk+is+full&severity=low"],
    ["JSON in a field of a form", `payload=${encodeURIComponent('{"text":"Disk is full","level":"info"}')}`],
    ["JSON that is called a form", '{"text":"Disk is full","level":"info"}'],
  ])("may be %s", async (_, body) => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    expect((await received(body, {}, headers)).alert).toMatchObject({
      message: "Disk is full",
      severity: "low",
    });
  });

  test("titles the incident with the first line, and describes it with the others", async () => {
    const { system, alert } = await received({
      message: "\n Disk is full \r\n\r\non db-1\u2028since noon\n",
    });
    expect(alert?.message).toBe("Disk is full \r\n\r\non db-1\u2028since noon");
    expect(await system.incidents()).toMatchObject([
      { title: "[HIGH] checkout: Disk is full", description: "on db-1\nsince noon" },
    ]);
  });

  test.each([
    ["nothing that says what happened", { severity: "high" }, 422, "message"],
    ["nothing but blanks that say what happened", { message: " ", title: "" }, 422, "message"],
    ["a list of nothing that is understood", [1], 422, "0"],
    ["a text", '"x"', 422, ""],
    ["no JSON", "{", 400, undefined],
  ])("with %s is refused, and that is kept", async (_, body, status, path) => {
    const system = integrationSystem();
    const { key } = await system.integrate("generic");
    const reply = await system.ask({ method: "POST", path: `/integrations/${key}`, body });
    expect(reply.status).toBe(status);
    expect(reply.json<{ errors: { path: string }[] }>().errors[0]?.path).toBe(path);
    expect(system.errors).toMatchObject([{ status }]);
  });
});
