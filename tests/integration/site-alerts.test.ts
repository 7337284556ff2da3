/** Silences in the UI through its functions, on real emulators. */
import { beforeAll, expect, test } from "vitest";
import { minutes, monday, unique } from "../support/builders.ts";
import { at, onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, siteEnvironment } from "../support/functions/site.ts";

const api = onCallApi();
beforeAll(async () => void Object.assign(process.env, await siteEnvironment()));

const create = "/alerts/silences/new";
const faultOf = (text: string, field: string) =>
  new RegExp(`id="create-silence-${field}-fault"[^>]*>(.*?)</p`, "s")
    .exec(text)?.[1]
    ?.replace(/<[^>]*>/g, "");
const flashOf = (text: string) =>
  (/id="flash"[^>]*>(.*?)<\/div>/s.exec(text)?.[1] ?? "").replace(/<[^>]*>|[\u2068\u2069]/g, "").trim();
const silenceOf = async (comment: string) => {
  const { silences } = await api.ok("GET /api/v1/silences?limit=200");
  return silences.find((silence: { comment: string }) => silence.comment === comment);
};

test("a silence is previewed, created, extended and ended", async () => {
  const comment = unique("moving ");
  const browser = aBrowser();
  await browser.get(create);
  await browser.send("/name", { name: "ada", back: create });
  const fields = { back: create, matchers: 'service = ledger\nlabels.host =~ "db.*"', duration: "2 h" };
  const preview = await browser.send(create, { ...fields, op: "preview" });
  expect(preview.status).toBe(200);
  expect(preview.text).toMatch(/\d+ of the latest \d+ alerts?|No alerts yet/);
  expect(preview.text).toContain("labels.host =~ &quot;db.*&quot;</textarea>");
  expect(await silenceOf(comment)).toBeUndefined();

  const created = await browser.send(create, { ...fields, op: "create", comment });
  expect([created.status, created.headers.location]).toEqual([303, "/alerts/silences"]);
  const { id, ...silence } = await silenceOf(comment);
  expect(silence).toMatchObject({
    matchers: [
      { field: "service", op: "=", value: "ledger" },
      { field: "labels.host", op: "=~", value: "db.*" },
    ],
    ends_at: "2026-11-23T12:00:00.000Z",
    created_by: "ada",
    state: "active",
  });
  const list = await browser.get("/alerts/silences");
  expect(flashOf(list.text)).toBe("Created the silence. It ends at 2026-11-23 12:00 UTC.");
  expect(list.text).toContain(comment);

  const change = async (change: string) => {
    await browser.send(`/alerts/silences/${id}/change`, { change, back: "/alerts/silences" });
    return flashOf((await browser.get("/alerts/silences")).text);
  };
  expect(await change("extend")).toBe("Extended the silence until 2026-11-23 13:00 UTC.");
  expect(await silenceOf(comment)).toMatchObject({ ends_at: "2026-11-23T13:00:00.000Z" });
  await browser.send("/settings/time-zone", { timezone: "Asia/Tokyo", back: "/" });
  expect(await change("extend")).toBe("Extended the silence until 2026-11-23 23:00 UTC+9.");
  at(new Date(monday + minutes(5)).toISOString());
  expect(await change("end")).toBe("Ended the silence. Alerts that still fire page within a minute.");
  expect(await silenceOf(comment)).toMatchObject({ state: "expired" });
  expect(await change("extend")).toMatch(/^Not extended: The silence ended at 2026-11-23T10:05/);
});

test("a rejected silence form shows errors at their fields and keeps what was entered", async () => {
  const browser = aBrowser();
  await browser.get(create);
  const fields = { back: create, op: "create", matchers: "checkout", duration: "soon", comment: "why" };
  const refused = await browser.send(create, fields);
  expect(refused.status).toBe(422);
  expect(faultOf(refused.text, "matchers")).toBe("must have lines such as service = checkout, not checkout");
  expect(faultOf(refused.text, "duration")).toContain("must be a duration");
  expect(refused.text).toContain('value="soon"');
  const unnamed = await browser.send(create, {
    ...fields,
    matchers: "service = a",
    duration: "1 h",
    comment: "",
  });
  expect([unnamed.status, faultOf(unnamed.text, "comment")]).toEqual([422, "is required"]);
  const all = await browser.send(create, { ...fields, matchers: "service =~ .*", duration: "1 h" });
  expect(faultOf(all.text, "matchers")).toContain("must not match every alert");
  const host = await browser.send(create, { ...fields, matchers: "service = a\nhost = b", duration: "1 h" });
  expect(faultOf(host.text, "matchers")).toContain(
    "labels.<name>".replace(/[<>]/g, (sign) => (sign === "<" ? "&lt;" : "&gt;")),
  );
});

test("a silence repeats on days of the week, in its time zone", async () => {
  const comment = unique("patching ");
  const browser = aBrowser();
  await browser.get(create);
  const fields = {
    back: create,
    matchers: "service = ledger",
    start: "2026-12-01T00:00",
    duration: "",
    timezone: "Europe/Berlin",
    days: ["saturday", "sunday"],
    from: "22:00",
    to: "02:00",
    comment,
  };
  const preview = await browser.send(create, { ...fields, op: "preview" });
  expect([preview.status, faultOf(preview.text, "days"), flashOf(preview.text)]).toEqual([
    200,
    undefined,
    "",
  ]);
  expect(preview.text).toContain("2026-12-05 21:00 UTC");
  expect(preview.text).toMatch(/value="sunday" checked/);
  const created = await browser.send(create, { ...fields, op: "create" });
  expect(created.status).toBe(303);
  expect(await silenceOf(comment)).toMatchObject({
    starts_at: "2026-11-30T23:00:00.000Z",
    state: "pending",
    recurring: {
      timezone: "Europe/Berlin",
      windows: [
        { type: "weekly", start_day: "saturday", start: "22:00", end_day: "sunday", end: "02:00" },
        { type: "weekly", start_day: "sunday", start: "22:00", end_day: "monday", end: "02:00" },
      ],
    },
  });
  const { duration: _, days: __, ...once } = fields;
  const endless = await browser.send(create, { ...once, op: "create" });
  expect(faultOf(endless.text, "duration")).toBe("is required unless the silence repeats");
});

test("a silence of similar alerts starts with the labels of an alert", async () => {
  const page = await aBrowser().get("/alerts/silences/new?service=ledger");
  expect(page.text).toContain(">service = ledger</textarea>");
  const unknown = await aBrowser().get("/alerts/silences/new?alert=alt_unknown");
  expect(unknown.text).toMatch(/Alert .*alt_unknown.* was not found/);
});
