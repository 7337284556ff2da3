/** From the decision to page someone to the requests to their providers, with times. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aDraft,
  ada,
  aPolicy,
  aSchedule,
  aService,
  aUser,
  bob,
  days,
  minutes,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import { adaThenBob } from "../../../tests/support/memory/escalation.ts";
import { type TestSystem, type TestSystemOptions, testSystem } from "../../../tests/support/memory/system.ts";
import type { Channel } from "../../channels/channel-type.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { PermanentFailure, TemporaryFailure } from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { proofOf } from "../../domain/notifications/proof.ts";
import { changeIncident } from "../incidents/change-incident.ts";
import { unacknowledgeIncident } from "../incidents/lifecycle/reopen-incident.ts";
import { escalateManually } from "../oncall/escalate.ts";
import { deliverNotification } from "./deliver-notification.ts";

const everything = { limit: 200, after: null };

const mail = { id: "mail", channel: "email", address: ada.email } as const;
const phone = { id: "phone", channel: "sms", address: "+4915112345678" } as const;
const hook = { id: "hook", channel: "webhook", address: "https://hooks.example.com/ada" } as const;

const mailThenPhone = aUser({
  email: ada.email,
  contactMethods: [mail, phone, hook],
  notificationRules: [
    { contactMethodId: "phone", delaySeconds: 120 },
    { contactMethodId: "mail", delaySeconds: 0 },
  ],
});

/** Ada is on call for the team "checkout", reached as her record says. */
async function systemOf({
  user = mailThenPhone,
  ...options
}: TestSystemOptions & { user?: typeof mailThenPhone } = {}) {
  const system = testSystem(options);
  await system.seen.schedules.create(aSchedule({ team: "checkout" }));
  await system.seen.users.put(user);
  return system;
}

const pagesOf = (system: TestSystem) =>
  system.pages.map(({ channel, recipient }) => ({ channel, recipient }));
/** By channel, and what is made later after it. */
const stored = async (system: TestSystem): Promise<readonly Notification[]> =>
  (await system.seen.notifications.list({}, everything)).items.toSorted(
    (a, b) => a.createdAt - b.createdAt || (a.channel < b.channel ? -1 : 1),
  );

async function firstIncident(system: TestSystem) {
  const [incident] = (await system.seen.incidents.list({}, everything)).items.toReversed();
  if (!incident) throw new Error("no incident");
  return incident;
}

async function answer(system: TestSystem, to: "acknowledged" | "resolved" = "acknowledged") {
  const commands = [{ type: "move", to, actor: ada.email }] as const;
  const { id } = await firstIncident(system);
  await changeIncident(system.deps, id, { commands, note: null, actor: ada.email }, system.now());
}

/** A provider with a given answer for each channel. */
function providers(answers: Partial<Record<string, () => Error | undefined>>): Channel {
  return {
    async deliver({ notification: { channel } }) {
      const failure = answers[channel]?.();
      if (failure) throw failure;
      return { detail: "accepted" };
    },
  };
}

describe("a person's rules", () => {
  test("page by each contact method when it is due", async () => {
    const system = await systemOf();
    await system.receive(aDraft());
    await system.settle({ within: seconds(119) });
    expect(pagesOf(system)).toEqual([{ channel: "email", recipient: ada.email }]);
    await system.settle({ within: minutes(2) });
    expect(pagesOf(system).map(({ channel }) => channel)).toEqual(["email", "sms"]);
    expect(await stored(system)).toMatchObject([
      { channel: "email", address: ada.email, dueAt: monday, sentAt: monday },
      { channel: "sms", address: phone.address, dueAt: monday + seconds(120), sentAt: monday + seconds(120) },
    ]);
  });

  test("that are later than a queue can delay are sent on time, in several delays", async () => {
    const rules = [{ contactMethodId: "phone", delaySeconds: 3_600 }];
    const system = await systemOf({ user: { ...mailThenPhone, notificationRules: rules } });
    await system.seen.schedules.putPolicy("checkout", aPolicy({ rules: [["primary"]] }));
    await system.receive(aDraft());
    await system.settle({ within: minutes(59) });
    expect(system.pages).toEqual([]);
    await system.settle({ within: minutes(16) });
    expect(await stored(system)).toMatchObject([{ status: "sent", sentAt: monday + minutes(60) }]);
  });

  test("end with an acknowledgement: pending pages are cancelled immediately", async () => {
    const system = await systemOf();
    await system.receive(aDraft());
    await system.pump();
    await answer(system);
    await system.pump();
    expect(await stored(system)).toMatchObject([
      { channel: "email", status: "sent" },
      { channel: "sms", status: "suppressed", reason: "the incident was acknowledged before it was sent" },
    ]);
    await system.settle();
    expect(system.pages).toHaveLength(1);
  });

  test("end also when the acknowledgement is committed but not yet published", async () => {
    const system = await systemOf();
    await system.receive(aDraft());
    await system.pump();
    system.advance(seconds(120));
    const { eventQueue } = system.deps;
    const away = {
      ...system.deps,
      eventQueue: { ...eventQueue, send: () => Promise.reject(new Error("away")) },
    };
    const commands = [{ type: "move", to: "acknowledged", actor: "ada" }] as const;
    const { id } = await firstIncident(system);
    await changeIncident(away, id, { commands, note: null, actor: "ada" }, system.now());
    await system.pump();
    expect(system.pages).toHaveLength(1);
    expect((await stored(system)).map(({ status }) => status)).toEqual(["sent", "suppressed"]);
  });

  test("are kept for a person who is paged manually on an acknowledged incident, until it is resolved", async () => {
    const system = await systemOf({ user: { ...mailThenPhone, email: bob.email } });
    await system.seen.schedules.create(
      aSchedule({ team: "search" }, { members: [{ ...bob, role: "primary" }] }),
    );
    await system.receive(aDraft());
    await system.pump();
    await answer(system);
    const { id: incidentId } = await firstIncident(system);
    await escalateManually(
      system.deps,
      { team: "search", incidentId, reason: null, actor: null },
      system.now(),
    );
    await system.pump();
    await answer(system, "resolved");
    await system.settle();
    const toBob = (await stored(system)).filter(({ recipient }) => recipient === bob.email);
    expect(toBob).toMatchObject([
      { channel: "email", status: "sent" },
      { channel: "sms", status: "suppressed" },
    ]);
  });

  test("of a hundred people on three channels are a message each, sent once, however often the event arrives", async () => {
    const emails = Array.from({ length: 100 }, (_, index) => `p${index}@example.com`);
    const system = testSystem();
    const rules = [mail, phone, hook].map(({ id }) => ({ contactMethodId: id, delaySeconds: 0 }));
    // One after another, because they share a phone number.
    for (const email of emails)
      await system.seen.users.put({ ...mailThenPhone, email, notificationRules: rules });
    const rulesOf = Array.from({ length: 5 }, (_, rule) => emails.slice(rule * 20, rule * 20 + 20));
    await system.seen.schedules.create(aSchedule({ team: "checkout" }));
    await system.seen.schedules.putPolicy("checkout", aPolicy({ rules: rulesOf, delaySeconds: 1 }));
    await system.receive(aDraft());
    await system.deliverOne("alerts");
    system.queue("events").duplicate(0);
    await system.settle();
    const deliveries = system.pages.map(({ recipient, channel }) => `${recipient} ${channel}`);
    expect(new Set(deliveries).size).toBe(300);
    expect(deliveries).toHaveLength(300);
  });
});

describe("a temporary failure", () => {
  const mailOnly = { ...mailThenPhone, contactMethods: [mail], notificationRules: [] };
  const policy = aPolicy({ rules: [["primary"]] });

  test("is retried with increasing delays, eight times in about half an hour, then becomes a dead letter", async () => {
    const busy = providers({ email: () => new TemporaryFailure("mailbox busy") });
    const system = await systemOf({ user: mailOnly, channel: busy });
    await system.seen.schedules.putPolicy("checkout", policy);
    await system.receive(aDraft());
    await system.settle();
    const [page] = await stored(system);
    expect(page).toMatchObject({ status: "failed", sentAt: null });
    const at = page?.attempts.map((attempt) => (attempt.at - monday) / 1_000) ?? [];
    expect(at).toEqual([0, 15, 45, 105, 225, 465, 945, 1_905]);
    expect(new Set(page?.attempts.map(({ detail }) => detail))).toEqual(new Set(["mailbox busy"]));
    expect(system.sqs.queue("notifications-dlq").messages.map(({ body }) => body)).toEqual([
      JSON.stringify({ version: 1, notificationId: page?.id, givenUpAfter: 8 }),
    ]);
  });

  test("that is over in time ends in a page that is sent", async () => {
    let failures = 3;
    const recovering = providers({
      email: () => (failures-- > 0 ? new TemporaryFailure("try later") : undefined),
    });
    const system = await systemOf({ user: mailOnly, channel: recovering });
    await system.receive(aDraft());
    await system.settle({ within: minutes(4) });
    expect(await stored(system)).toMatchObject([
      { status: "sent", attempts: [{ ok: false }, { ok: false }, { ok: false }, { ok: true }] },
    ]);
  });

  test("waits for the delay that the provider requests", async () => {
    let first = true;
    const limited = providers({
      email: () => {
        const failure = first ? new TemporaryFailure("429", 90) : undefined;
        first = false;
        return failure;
      },
    });
    const system = await systemOf({ user: mailOnly, channel: limited });
    await system.receive(aDraft());
    await system.settle({ within: minutes(4) });
    expect((await stored(system))[0]).toMatchObject({ sentAt: monday + seconds(90) });
  });

  test("is not retried once someone has acknowledged", async () => {
    const system = await systemOf({
      user: mailOnly,
      channel: providers({ email: () => new TemporaryFailure("try later") }),
    });
    await system.receive(aDraft());
    await system.pump();
    await answer(system);
    await system.settle();
    expect(await stored(system)).toMatchObject([{ status: "suppressed", attempts: [{ ok: false }] }]);
  });

  test("is tried as often and given up as often as by one message, however many there are and in any order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { minLength: 50, maxLength: 50 }), async (choices) => {
        const system = await systemOf({
          user: mailOnly,
          channel: providers({ email: () => new TemporaryFailure("mailbox busy") }),
        });
        await system.seen.schedules.putPolicy("checkout", policy);
        await system.receive(aDraft());
        await system.deliverOne("alerts");
        await system.deliverOne("events");
        for (let copies = 0; copies < 4; copies += 1) system.queue("notifications").duplicate(0);
        let drawn = 0;
        await system.pump((count) => (choices[drawn++ % choices.length] ?? 0) % count);
        await system.settle();
        const [page] = await stored(system);
        expect(page).toMatchObject({ status: "failed", claimedUntil: null });
        const at = page?.attempts.map((attempt) => (attempt.at - monday) / 1_000) ?? [];
        expect(at).toHaveLength(8);
        for (const [index, earliest] of [0, 15, 45, 105, 225, 465, 945, 1_905].entries()) {
          expect(at[index]).toBeGreaterThanOrEqual(earliest);
        }
        expect(system.sqs.queue("notifications-dlq").messages).toHaveLength(1);
        expect(system.queue("notifications").messages).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test("in the dead-letter queue is tried once more when it is redriven, also if that happens twice", async () => {
    let broken = true;
    const system = await systemOf({
      user: mailOnly,
      channel: providers({ email: () => (broken ? new TemporaryFailure("down") : undefined) }),
    });
    await system.seen.schedules.putPolicy("checkout", policy);
    await system.receive(aDraft());
    await system.settle();
    const [page] = await stored(system);
    const id = page?.id ?? "";
    await deliverNotification(system.deps, id);
    expect((await stored(system))[0]?.attempts).toHaveLength(8);
    await deliverNotification(system.deps, id, { givenUpAfter: 8 });
    await deliverNotification(system.deps, id, { givenUpAfter: 8 });
    expect((await stored(system))[0]?.attempts).toHaveLength(9);
    expect(system.sqs.queue("notifications-dlq").messages.map(({ body }) => JSON.parse(body))).toMatchObject([
      { notificationId: id, givenUpAfter: 8 },
      { notificationId: id, givenUpAfter: 9 },
    ]);
    broken = false;
    await deliverNotification(system.deps, id, { givenUpAfter: 9 });
    expect(await stored(system)).toMatchObject([{ status: "sent", attempts: { length: 10 } }]);
  });
});

describe("a page that fails permanently", () => {
  const refused = () => new PermanentFailure("no such mailbox");

  test("is not tried again: the person's next contact method is used at once", async () => {
    const system = await systemOf({ channel: providers({ email: refused }) });
    await system.receive(aDraft());
    await system.pump();
    expect(await stored(system)).toMatchObject([
      { channel: "email", status: "failed", attempts: [{ outcome: "permanent", detail: "no such mailbox" }] },
      { channel: "sms", status: "sent", sentAt: monday },
    ]);
    await system.settle({ within: minutes(4) });
    expect(pagesOf(system).map(({ channel }) => channel)).toEqual(["email", "sms"]);
  });

  test("continues with contact methods without a rule, and with email for users without one", async () => {
    const user = { ...mailThenPhone, contactMethods: [phone, hook], notificationRules: [] };
    const system = await systemOf({ user, channel: providers({ sms: refused, webhook: refused }) });
    await system.receive(aDraft());
    await system.pump();
    expect(pagesOf(system).map(({ channel }) => channel)).toEqual(["sms", "webhook", "email"]);
    expect(await stored(system)).toContainEqual(
      expect.objectContaining({ channel: "email", address: ada.email, status: "sent" }),
    );
  });

  test("is one that could not be delivered in half an hour, too", async () => {
    const system = await systemOf({
      user: { ...mailThenPhone, notificationRules: [{ contactMethodId: "mail", delaySeconds: 0 }] },
      channel: providers({ email: () => new TemporaryFailure("down") }),
    });
    await system.seen.schedules.putPolicy("checkout", aPolicy({ rules: [["primary"]] }));
    await system.receive(aDraft());
    await system.settle();
    expect((await stored(system)).map(({ channel, status }) => `${channel} ${status}`)).toEqual([
      "email failed",
      "sms sent",
    ]);
  });

  test("reports if there is no other contact method", async () => {
    const system = testSystem({ channel: providers({ email: refused }) });
    await system.receive(aDraft());
    await system.settle({ within: minutes(1) });
    expect(system.lines).toContainEqual(
      expect.objectContaining({ level: "error", message: "notification failed, no contact method left" }),
    );
  });

  test("whatever a channel throws otherwise counts as temporary, and its words stay in the logs", async () => {
    let bug: Error | undefined = new TypeError("https://user:secret@smtp.example.com");
    const system = await systemOf({ channel: providers({ email: () => bug }) });
    await system.receive(aDraft());
    await system.pump();
    bug = undefined;
    await system.settle({ within: seconds(100) });
    const [page] = await stored(system);
    expect(page?.attempts.map(({ outcome }) => outcome)).toEqual(["temporary", "sent"]);
    expect(JSON.stringify(page)).not.toContain("secret");
  });
});

/** An incident's pages repeat after five minutes. */
async function repeatingSystem(pagesPerQuarterHour: number) {
  const system = await systemOf({ pagesPerQuarterHour });
  await system.seen.schedules.putPolicy(
    "checkout",
    aPolicy({ rules: [["primary"]], delaySeconds: 300, repeat: 1 }),
  );
  return system;
}

describe("repeated pages", () => {
  const keyed = (key: string) => aDraft({ dedupKey: key });
  const bundlesOf = (system: TestSystem) => system.pages.filter(({ kind }) => kind === "bundle");
  const emailsOf = (system: TestSystem) => pagesOf(system).filter(({ channel }) => channel === "email");

  test("above the limit are sent in one message after a quarter of an hour, which names each incident", async () => {
    const system = await repeatingSystem(5);
    await system.receive(...["a", "b", "c", "d", "e", "f", "g"].map(keyed));
    await system.settle({ within: minutes(6) });
    // Seven first pages, and five of the seven that repeat them.
    expect(emailsOf(system)).toHaveLength(12);
    system.waitUntil(monday + minutes(15));
    await system.pump();
    const [bundle] = bundlesOf(system).filter(({ channel }) => channel === "email");
    expect(bundle?.message).toMatch(/^2 more incidents\n#\d.*\n#\d.*$/);
    const held = (await stored(system)).filter(({ bundledInto }) => bundledInto === bundle?.id);
    expect(held).toMatchObject([{ status: "sent" }, { status: "sent" }]);
    for (const page of held) expect(proofOf(page, sha256).brokenAt).toBeNull();
  });

  test("of another service, another person and another quarter of an hour are left alone", async () => {
    const system = await repeatingSystem(1);
    await system.seen.services.put(aService({ name: "cart", team: "checkout" }));
    await system.receive(keyed("a"), aDraft({ service: "cart" }));
    await system.settle({ within: minutes(6) });
    system.waitUntil(monday + minutes(15));
    await system.receive(keyed("b"));
    await system.settle({ within: minutes(6) });
    expect(bundlesOf(system).filter(({ channel }) => channel === "email")).toEqual([]);
  });

  /** Opens the acknowledged incident again, which begins another round. */
  const reopen = async (system: TestSystem) => {
    await answer(system);
    const { id } = await firstIncident(system);
    await unacknowledgeIncident(system.deps, id, { actor: ada.email, note: null }, system.now());
    await system.pump();
  };

  test("are not the first ones of a later round, which are sent at once", async () => {
    const system = await repeatingSystem(0);
    await system.receive(keyed("a"));
    await system.pump();
    await reopen(system);
    expect(emailsOf(system)).toHaveLength(2);
    await system.settle({ within: minutes(6) });
    expect(emailsOf(system)).toHaveLength(2);
    system.waitUntil(monday + minutes(15));
    await system.pump();
    expect(emailsOf(system)).toHaveLength(3);
  });

  test("are not the first ones after a gap in coverage, nor those of the fallback address", async () => {
    const system = testSystem({ pagesPerQuarterHour: 0 });
    system.deps.defaultTeam = "checkout";
    await system.receive(keyed("a"));
    await system.pump();
    await reopen(system);
    await system.seen.schedules.create(aSchedule({ team: "checkout" }));
    await reopen(system);
    const recipients = emailsOf(system).map(({ recipient }) => recipient);
    expect(recipients).toEqual(["fallback@example.com", "fallback@example.com", ada.email]);
  });
});

describe("pages within a minute", () => {
  const keyed = (key: string | number) => aDraft({ dedupKey: String(key), service: `service-${key}` });
  const mailOnly = { ...mailThenPhone, notificationRules: [{ contactMethodId: "mail", delaySeconds: 0 }] };
  const withMinute = async (options: Parameters<typeof systemOf>[0] = {}) => {
    const system = await systemOf({ bundlingMs: minutes(1), user: mailOnly, ...options });
    // Services have the schedule's team, however many there are.
    system.deps.defaultTeam = "checkout";
    return system;
  };
  const toAda = (system: TestSystem) =>
    system.pages.filter(({ channel, recipient }) => channel === "email" && recipient === ada.email);
  const pagesIn = async (system: TestSystem) => {
    const ofAda = { recipient: ada.email, channel: "email" };
    const first = await system.seen.notifications.list(ofAda, everything);
    const rest = await system.seen.notifications.list(ofAda, { ...everything, after: first.next });
    return [...first.items, ...(first.next === null ? [] : rest.items)].filter(({ kind }) => kind === "page");
  };

  test("are one message after the first, and each incident keeps its notification", async () => {
    const system = await withMinute();
    await system.receive(...[1, 2, 3, 4, 5, 6, 7, 8].map(keyed));
    await system.pump();
    expect(toAda(system)).toHaveLength(1);
    await system.settle({ within: minutes(1) });
    const [first, bundle] = toAda(system);
    expect(toAda(system)).toHaveLength(2);
    expect(bundle?.message.split("\n")).toEqual([
      "7 more incidents",
      ...Array.from({ length: 5 }, () => expect.stringMatching(/^#\d \[.*service-\d: /)),
      expect.stringMatching(/^and 2 more incidents: #\d/),
    ]);
    const pages = await pagesIn(system);
    expect(pages).toHaveLength(8);
    for (const page of pages) {
      expect(page).toMatchObject({ status: "sent", bundledInto: page.id === first?.id ? null : bundle?.id });
      expect(proofOf(page, sha256).brokenAt).toBeNull();
    }
  });

  test("are none after more than a minute without one", async () => {
    const system = await withMinute();
    await system.receive(keyed(1));
    await system.settle({ within: minutes(1) });
    system.waitUntil(monday + minutes(2));
    await system.receive(keyed(2));
    await system.pump();
    expect(toAda(system).map(({ kind }) => kind)).toEqual(["page", "page"]);
  });

  test("are none after days, while the table still has the earlier window", async () => {
    const system = await withMinute();
    await system.receive(keyed(1));
    await system.pump();
    await answer(system, "resolved");
    system.waitUntil(monday + days(2));
    await system.receive(keyed(2));
    await system.pump();
    expect(toAda(system).map(({ kind }) => kind)).toEqual(["page", "page"]);
  });

  test("of one other incident are a page like any other", async () => {
    const system = await withMinute();
    await system.receive(keyed(1), keyed(2));
    await system.settle({ within: minutes(1) });
    const [, bundle] = toAda(system);
    expect(bundle).toMatchObject({ kind: "bundle", message: expect.stringMatching(/^#\d \[/) });
    expect(bundle?.incidentId).toMatch(/^inc_/);
  });

  test("of a manual escalation are sent at once, also for an incident that the person was paged about", async () => {
    const system = await withMinute();
    await system.seen.schedules.putPolicy("checkout", aPolicy({ rules: [["primary"]] }));
    await system.receive(keyed(1));
    await system.pump();
    const [page] = await pagesIn(system);
    const incidentId = page?.incidentId ?? "";
    const manual = { team: "checkout", incidentId, reason: null, actor: ada.email };
    await escalateManually(system.deps, manual, system.now());
    await system.pump();
    expect(toAda(system)).toMatchObject([{ kind: "page" }, { kind: "page", incidentId }]);
    expect(toAda(system)[1]?.message).toBe(page?.message);
  });

  test("of one other incident say so while they wait", async () => {
    const system = await withMinute();
    await system.receive(keyed(1), keyed(2));
    await system.pump();
    const { items } = await system.seen.notifications.list({ recipient: ada.email }, everything);
    const [waiting] = items.filter(({ kind }) => kind === "bundle");
    expect(waiting).toMatchObject({ status: "queued", message: expect.stringMatching(/^#\d \[/) });
  });

  test("omit incidents that were acknowledged in the meantime", async () => {
    const system = await withMinute();
    await system.receive(keyed(1), keyed(2), keyed(3), keyed(4));
    await system.pump();
    const waiting = (await pagesIn(system)).filter(({ status }) => status === "queued");
    expect(waiting).toHaveLength(3);
    const commands = [{ type: "move", to: "acknowledged", actor: ada.email }] as const;
    const answered = waiting[0]?.incidentId ?? "";
    await changeIncident(system.deps, answered, { commands, note: null, actor: ada.email }, system.now());
    await system.settle({ within: minutes(1) });
    const [, bundle] = toAda(system);
    expect(bundle?.message).toMatch(/^2 more incidents/);
    expect(bundle?.bundled.map(({ incidentId }) => incidentId)).not.toContain(answered);
    const page = (await pagesIn(system)).find(({ incidentId }) => incidentId === answered);
    expect(page).toMatchObject({ status: "suppressed", bundledInto: null });
  });

  test("that fail use the next contact method, with every incident they name", async () => {
    const rejected = () => new PermanentFailure("no such mailbox");
    const system = await withMinute({ user: mailThenPhone, channel: providers({ email: rejected }) });
    await system.receive(...[1, 2, 3, 4].map(keyed));
    await system.settle({ within: minutes(3) });
    const texts = system.pages.filter(({ channel }) => channel === "sms").map(({ message }) => message);
    for (const number of [1, 2, 3, 4]) expect(numbersIn(texts)).toContain(number);
    expect(numbersIn(texts)).toHaveLength(4);
    expect((await pagesIn(system)).map(({ status }) => status)).toEqual(Array(4).fill("failed"));
  });

  test("are at most five messages for 200 incidents, which name each incident once, within a minute", async () => {
    const system = await withMinute();
    const drafts = Array.from({ length: 200 }, (_, n) => keyed(n));
    for (let from = 0; from < drafts.length; from += 20) {
      await system.receive(...drafts.slice(from, from + 20));
      await system.pump();
      system.advance(seconds(1));
    }
    await system.settle({ within: minutes(2) });
    expect(toAda(system).length).toBeLessThanOrEqual(5);
    const numbers = numbersIn(toAda(system).map(({ message }) => message));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    const incidents = new Map(
      (await system.seen.incidents.list({}, everything)).items.map(({ id, createdAt }) => [id, createdAt]),
    );
    const pages = await pagesIn(system);
    expect(pages).toHaveLength(200);
    for (const { incidentId, sentAt, status } of pages) {
      expect(status).toBe("sent");
      expect((sentAt ?? Infinity) - (incidents.get(incidentId ?? "") ?? 0)).toBeLessThanOrEqual(minutes(1));
    }
  });

  test("name each incident once and within a minute, however they arrive", async () => {
    const arrivals = fc.array(fc.tuple(fc.nat({ max: 55 }), fc.integer({ min: 1, max: 6 })), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async (steps) => {
        const system = await withMinute();
        let count = 0;
        for (const [wait, incidents] of steps) {
          await system.receive(...Array.from({ length: incidents }, () => keyed(++count)));
          await system.settle({ within: seconds(wait) });
        }
        await system.settle({ within: minutes(2) });
        const numbers = numbersIn(toAda(system).map(({ message }) => message));
        expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
        for (const { createdAt, sentAt } of await pagesIn(system))
          expect((sentAt ?? Infinity) - createdAt).toBeLessThanOrEqual(minutes(1));
      }),
      { numRuns: 25 },
    );
  });
});

/** Returns the numbers of incidents in messages, and those of ranges. */
function numbersIn(messages: readonly string[]): number[] {
  return messages.flatMap((message) =>
    [...message.matchAll(/#(\d+)(?:-#(\d+))?/g)].flatMap(([, from, to]) =>
      Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, n) => Number(from) + n),
    ),
  );
}

describe("a team's channel", () => {
  const room = { id: "room", channel: "slack", address: "#payments" } as const;

  test("is notified of triggered, escalated, acknowledged and resolved incidents", async () => {
    const system = testSystem();
    await system.seen.schedules.create(aSchedule({ team: "checkout" }, adaThenBob));
    await system.seen.teamChannels.put("checkout", [
      { ...room, events: ["triggered", "escalated", "acknowledged", "resolved"] },
    ]);
    await system.receive(aDraft());
    await system.settle({ within: minutes(6) });
    await answer(system);
    await system.pump();
    await answer(system, "resolved");
    await system.settle();
    const heard = system.pages.filter(({ channel }) => channel === "slack");
    expect(heard.map(({ message }) => message.split(":")[0])).toEqual([
      "Triggered",
      "Escalated to Bob",
      "Acknowledged by ada@example.com",
      "Resolved by ada@example.com",
    ]);
    expect(new Set(heard.map(({ recipient }) => recipient))).toEqual(new Set(["team:checkout"]));
  });

  test("receives only the selected events, once, however often they arrive", async () => {
    const system = testSystem();
    await system.seen.schedules.create(aSchedule({ team: "checkout" }));
    await system.seen.teamChannels.put("checkout", [{ ...room, events: ["triggered"] }]);
    await system.receive(aDraft());
    await system.deliverOne("alerts");
    system.queue("events").duplicate(0);
    await system.pump();
    await answer(system);
    await system.settle({ within: minutes(1) });
    expect(system.pages.filter(({ channel }) => channel === "slack")).toHaveLength(1);
  });
});

test("the attempts of a notification are a chain that can be recomputed, with its head in the logs", async () => {
  let failures = 2;
  const system = await systemOf({
    channel: providers({ email: () => (failures-- > 0 ? new TemporaryFailure("try later") : undefined) }),
  });
  await system.receive(aDraft());
  await system.settle({ within: minutes(1) });
  const [page] = await stored(system);
  if (!page) throw new Error("no page");
  const proof = proofOf(page, system.deps.sha256);
  expect(proof.brokenAt).toBeNull();
  const logged = system.lines.filter(({ message }) => message === "notification attempted");
  expect(logged.map(({ fields }) => fields?.hash)).toContain(proof.head);
});
