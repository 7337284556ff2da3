import { describe, expect, test } from "vitest";
import { aDraft, ada, aSchedule, days, minutes } from "../../../../tests/support/builders.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import { handleOnce } from "../../../http/idempotency.ts";
import { readReply, signReply } from "../../../http/tokens/reply-token.ts";
import { receivedEmail } from "../../../validation/received-email.ts";
import { unacknowledgeIncident } from "../../incidents/lifecycle/reopen-incident.ts";
import { replyByEmail } from "./reply-by-email.ts";

const secret = "what signs the message IDs of tests";
const quoted = "On Mon, 23 Nov 2026 at 11:00, Incidents <incidents@example.com>\nwrote:\n> [CRITICAL] res 1";

function replyDeps({ deps }: ReturnType<typeof testSystem>) {
  return {
    openReply: (token: string) => readReply(token, [secret]),
    async once(key: string, now: number, handle: (at: number) => Promise<void>) {
      const request = { owner: "email", key, body: key, now, seed: key };
      const reply = { status: 200, body: "", location: null };
      await handleOnce(deps.idempotency, request, (at) => handle(at).then(() => reply));
    },
  };
}

/** Ada was paged about an incident by email. */
async function paged() {
  const system = testSystem();
  await system.seen.schedules.create(aSchedule({ team: "checkout" }));
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.settle({ within: 1 });
  const everything = { limit: 200, after: null };
  const [page] = (await system.seen.notifications.list({ recipient: ada.email }, everything)).items;
  const id = page?.id ?? "";
  const messageId = `<${signReply(id, secret)}@in.example.com>`;
  let emails = 0;
  const reply = (text: string, fields: object = {}) => {
    emails += 1;
    const email = receivedEmail.parse({
      ...{ sender: "ada@home.example", text, message_id: `<${emails}@home.example>` },
      ...{ replies_to: ["<other@home.example>", messageId], ...fields },
    });
    return replyByEmail({ ...system.deps, ...replyDeps(system) }, email, system.now());
  };
  const state = async () => {
    const incident = await system.seen.incidents.findByNumber(1);
    const { events, notes } = await system.seen.incidentEvents.history(incident?.id ?? "");
    return { incident, events, notes: notes.map(({ author, content }) => ({ author, content })) };
  };
  return { system, id, messageId, reply, state };
}

describe("an answer to a notification email", () => {
  test("acts as the person whom the notification was sent to", async () => {
    const { system, id, reply, state } = await paged();
    await reply(`Ack, thanks\n\n${quoted}`);
    expect((await state()).incident).toMatchObject({
      ...{ status: "acknowledged", acknowledgedBy: ada.email, assignedTo: { email: ada.email } },
    });
    expect((await system.seen.notifications.find(id))?.receipts).toMatchObject([
      { kind: "answered", detail: "answer by email", providerId: "<1@home.example>" },
    ]);
    await reply(`resolve\nrolled back\n${quoted}`);
    expect(await state()).toMatchObject({
      incident: { status: "resolved", resolvedBy: ada.email },
      notes: [{ author: ada.email, content: "rolled back" }],
    });
  });

  test("is answered if it changes nothing, once and to the address of the notification", async () => {
    const { system, reply } = await paged();
    const emailed = async () => {
      await system.settle({ within: 1 });
      const messages = system.pages.filter(({ kind }) => kind === "message");
      return messages.map(({ address, recipient, message }) => ({ address, recipient, message }));
    };
    await reply("resolve");
    expect(await emailed()).toEqual([]);
    const message_id = "<late@home.example>";
    for (let times = 0; times < 2; times += 1)
      await reply("ack", { message_id, sender: "mallory@example.com" });
    await reply("esc");
    await reply("who checkout");
    expect(await emailed()).toEqual([
      {
        address: ada.email,
        recipient: ada.email,
        message: expect.stringMatching(/^#1: can no longer be acknowledged: resolved by /),
      },
      { address: ada.email, recipient: ada.email, message: expect.stringMatching(/^Not escalated: /) },
      {
        address: ada.email,
        recipient: ada.email,
        message: expect.stringMatching(/^checkout: Ada \(primary\)/),
      },
    ]);
  });

  test("is a note if it is no command", async () => {
    const { reply, state } = await paged();
    await reply(`I can't ack this yet.\r\nThe VPN is down.\r\n\r\n-- \r\nAda\r\n`);
    expect(await state()).toMatchObject({
      incident: { status: "open" },
      notes: [{ author: ada.email, content: "I can't ack this yet.\nThe VPN is down." }],
    });
  });

  test("acts on the incident of the notification only: a command about another is a note", async () => {
    const { system, reply, state } = await paged();
    await system.receive(aDraft({ dedupKey: "b" }));
    await system.settle({ within: 1 });
    const commands = ["ack 2", "2", "res #2", "esc 2", "ack 9"];
    for (const text of commands) await reply(text);
    const { incident, notes } = await state();
    expect(incident?.status).toBe("open");
    expect(new Set(notes.map(({ content }) => content))).toEqual(new Set(commands));
    const other = await system.seen.incidents.findByNumber(2);
    expect(other?.status).toBe("open");
    const { events, notes: none } = await system.seen.incidentEvents.history(other?.id ?? "");
    expect(events.filter(({ type }) => type === "escalated")).toEqual([]);
    expect(none).toEqual([]);
    await reply("ack 1");
    expect((await state()).incident?.status).toBe("acknowledged");
  });

  test("that is delivered again changes nothing", async () => {
    const { system, reply, state } = await paged();
    const message_id = "<same@home.example>";
    await reply("escalate\nplease help", { message_id });
    await system.settle({ within: 1 });
    const before = await state();
    expect(before.events.filter(({ type }) => type === "escalated")).toHaveLength(1);
    expect(before.notes).toHaveLength(1);
    system.advance(minutes(1));
    await reply("escalate\nplease help", { message_id });
    const after = await state();
    expect(after.notes).toEqual(before.notes);
    expect(after.events.filter(({ type }) => type === "escalated")).toHaveLength(1);
  });

  test.each([minutes(40), minutes(30 * 60)])(
    "that comes again after %d ms does not acknowledge again what was opened again",
    async (later) => {
      const { system, reply, state } = await paged();
      const message_id = "<same@home.example>";
      await reply("ack\nlooking", { message_id });
      const { incident } = await state();
      expect(incident).toMatchObject({ status: "acknowledged" });
      system.advance(minutes(1));
      const context = { actor: ada.email, note: null };
      await unacknowledgeIncident(system.deps, incident?.id ?? "", context, system.now());
      system.advance(later);
      await reply("ack\nlooking", { message_id });
      expect(await state()).toMatchObject({ incident: { status: "open" }, notes: [{ content: "looking" }] });
    },
  );

  test("whose handling was cut off is completed without a second note", async () => {
    const { system, reply, state } = await paged();
    const { finish } = system.deps.idempotency;
    system.deps.idempotency.finish = () => Promise.reject(new Error("died"));
    await expect(reply("ack\nlooking", { message_id: "<1@x>" })).rejects.toThrow("died");
    system.deps.idempotency.finish = finish;
    system.advance(minutes(40));
    await reply("ack\nlooking", { message_id: "<1@x>" });
    expect(await state()).toMatchObject({
      incident: { status: "acknowledged" },
      notes: [{ content: "looking" }],
    });
  });

  test.each([
    ["answers nothing", { replies_to: [] }],
    ["answers another's message", { replies_to: ["<ntf_1@in.example.com>"] }],
    ["is from a bounce", { sender: "<>" }],
    ["is an automatic answer", { headers: { "auto-submitted": "auto-replied" } }],
    ["is an automatic message", { headers: { "auto-submitted": "auto-generated" } }],
    ["is from a list", { headers: { "list-id": "<all.example.com>" } }],
    ["is bulk", { headers: { precedence: "bulk" } }],
    ["is a report", { headers: { "content-type": "multipart/report; x=y" } }],
  ])("that %s is dropped: %j", async (_, fields) => {
    const { reply, state } = await paged();
    await reply("ack", fields);
    expect(await state()).toMatchObject({ incident: { status: "open" }, notes: [] });
  });

  test("with a forged, foreign or expired token is dropped", async () => {
    const { system, id, messageId, reply, state } = await paged();
    const forged = [
      messageId.replace(/\.(.)/, (_, first) => `.${first === "A" ? "B" : "A"}`),
      `<${signReply(`${id}x`, secret)}@in.example.com>`,
      `<${signReply(id, "another secret of another platform")}@in.example.com>`,
      messageId.toLowerCase(),
    ];
    for (const each of forged) await reply("ack", { replies_to: [each] });
    system.advance(days(3));
    await reply("ack");
    expect((await state()).incident).toMatchObject({ acknowledgedBy: null });
  });

  test("without a text of its own changes nothing", async () => {
    const { reply, state } = await paged();
    await reply(`\n\n${quoted}`);
    await reply("> ack");
    expect(await state()).toMatchObject({ incident: { status: "open" }, notes: [] });
  });
});

describe("an answer to a bundle", () => {
  /** Ada was paged about incident 1, and then about 2 and 3 in one message. */
  async function bundled() {
    const system = testSystem({ bundlingMs: minutes(1) });
    system.deps.defaultTeam = "checkout";
    await system.seen.schedules.create(aSchedule({ team: "checkout" }));
    await system.receive(...["a", "b", "c"].map((each) => aDraft({ dedupKey: each, service: each })));
    await system.settle({ within: minutes(1) });
    const sent = await system.seen.notifications.list(
      { recipient: ada.email, channel: "email" },
      { limit: 200, after: null },
    );
    const bundle = sent.items.find(({ kind }) => kind === "bundle");
    const numbers = bundle?.bundled.map(({ incidentNumber }) => incidentNumber) ?? [];
    let emails = 0;
    const reply = async (text: string, to = bundle?.id ?? "") => {
      emails += 1;
      const replies_to = [`<${signReply(to, secret)}@in.example.com>`];
      const fields = { sender: "ada@home.example", text, message_id: `<${emails}@home.example>`, replies_to };
      const email = receivedEmail.parse(fields);
      await replyByEmail({ ...system.deps, ...replyDeps(system) }, email, system.now());
    };
    const find = async (number = 0) => {
      const incident = await system.seen.incidents.findByNumber(number);
      const { notes } = await system.seen.incidentEvents.history(incident?.id ?? "");
      return { status: incident?.status, notes: notes.map(({ content }) => content).toSorted() };
    };
    const emailed = async () => {
      await system.settle({ within: minutes(1) });
      return system.pages.filter(({ kind }) => kind === "message");
    };
    return { numbers, other: [1, 2, 3].find((number) => !numbers.includes(number)), reply, find, emailed };
  }

  test("acts on the incident whose number it has, and without one on the only one that is left", async () => {
    const { numbers, reply, find } = await bundled();
    const [first, second] = numbers;
    expect(numbers).toHaveLength(2);
    await reply("ack");
    await reply("all of them?");
    expect(await find(first)).toEqual({ status: "open", notes: [] });
    await reply(`ack ${first}\nlooking`);
    expect(await find(first)).toEqual({ status: "acknowledged", notes: ["looking"] });
    await reply("ack\nthis too");
    expect(await find(second)).toEqual({ status: "acknowledged", notes: ["this too"] });
    await reply(`res ${second}`);
    await reply("res\ndone");
    expect(await find(first)).toEqual({ status: "resolved", notes: ["done", "looking"] });
  });

  test("is answered if it means no single incident, and an answer to that is not", async () => {
    const { reply, emailed } = await bundled();
    await reply("ack");
    const [answer, ...others] = await emailed();
    expect(answer).toMatchObject({ message: expect.stringContaining("several incidents"), incidentId: null });
    expect(others).toEqual([]);
    await reply("I am away", answer?.id);
    expect(await emailed()).toHaveLength(1);
  });

  test("does not act on an incident that the bundle does not name", async () => {
    const { other, reply, find } = await bundled();
    await reply(`ack ${other}`);
    expect(await find(other)).toEqual({ status: "open", notes: [] });
  });
});
