import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { anOutgoingMessage } from "../../../tests/support/outgoing-message.ts";
import {
  type Answer,
  type ProviderServer,
  type ReceivedRequest,
  startProvider,
} from "../../../tests/support/platform/provider-server.ts";
import { failureOf, httpChannelSuite } from "../../../tests/support/suites/channel-suite.ts";
import { PermanentFailure, TemporaryFailure } from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { createHttp } from "../../outbound/http.ts";
import { chatMessageStore } from "../../storage/notifications/chat-message-store.ts";
import { slackPayload } from "../slack.client.ts";
import { slackBot } from "./slack-bot.ts";

const token = "xoxb-secretSECRETsecret";
const noOne = async () => [];
const inMemory = () => chatMessageStore(memoryTable(() => monday));

describe("a Slack bot", () => {
  httpChannelSuite({
    make: (http, url) => ({
      channel: slackBot({
        ...{ http, baseUrl: url, token, onCallEmails: noOne },
        messages: inMemory(),
        payloadOf: slackPayload,
      }),
      address: "#payments",
    }),
    accepted: {
      answer: { status: 200, body: '{"ok":true,"channel":"C0PAYMENTS","ts":"1.5","message":{}}' },
      detail: "200 message 1.5",
    },
    refusals: {
      temporary: {
        "a 200 rate limit": { status: 200, body: '{"ok":false,"error":"ratelimited"}' },
        "a 200 that is not ok": { status: 200, body: '{"ok":false}' },
      },
      permanent: {
        "a 200 without the chat": { status: 200, body: '{"ok":false,"error":"channel_not_found"}' },
        "a 200 without the bot in the chat": { status: 200, body: '{"ok":false,"error":"not_in_channel"}' },
        "a 200 with a revoked token": { status: 200, body: '{"ok":false,"error":"token_revoked"}' },
      },
    },
    secrets: [token],
    maxBytes: 40_000,
  });
});

describe("announcements of an incident", () => {
  const room = "C0PAYMENTS";
  let slack: ProviderServer;
  beforeAll(async () => {
    slack = await startProvider();
  });
  afterAll(() => slack.close());

  /** Messages of the chat by their time, and the replies in threads. */
  let posted: Map<string, { headline: string; incidentId: unknown }>;
  let replies: { thread: string; text: string; broadcast: boolean }[];
  /** Announcements of the replies, in the same order. */
  let announced: unknown[];
  beforeEach(() => {
    posted = new Map();
    replies = [];
    announced = [];
    slack.behave(answerOf);
  });

  const ok = (fields: object): Answer => ({ status: 200, body: JSON.stringify({ ok: true, ...fields }) });
  const refused = (error: string): Answer => ({ status: 200, body: JSON.stringify({ ok: false, error }) });

  function answerOf({ path, headers, body }: ReceivedRequest): Answer {
    if (headers.authorization !== `Bearer ${token}`) return refused("invalid_auth");
    const isForm = headers["content-type"] === "application/x-www-form-urlencoded";
    const fields = isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
    const { channel, ts, text, thread_ts, metadata, reply_broadcast } = fields;
    if (channel !== room) return refused("channel_not_found");
    const shown = { headline: text, incidentId: metadata?.event_payload.incident_id };
    switch (path) {
      case "/api/chat.postMessage": {
        if (thread_ts) {
          replies.push({ thread: thread_ts, text, broadcast: reply_broadcast === true });
          announced.push(metadata.event_payload.notification_id);
        } else posted.set(`${posted.size + 1}.5`, shown);
        return ok({ channel, ts: thread_ts ? "9.9" : `${posted.size}.5`, message: fields });
      }
      case "/api/chat.update":
        if (!posted.has(ts)) return refused("message_not_found");
        posted.set(ts, shown);
        return ok({ channel, ts });
      case "/api/conversations.history":
        return ok({
          messages: [...posted].map(([at, { incidentId }]) => ({
            ts: at,
            metadata: { event_type: "incident", event_payload: { incident_id: incidentId } },
          })),
        });
      case "/api/conversations.replies":
        return ok({
          messages: announced.map((notification_id, index) => ({
            ts: `${index}.9`,
            metadata: { event_type: "incident_event", event_payload: { notification_id } },
          })),
        });
      default:
        return refused("unknown_method");
    }
  }

  function channelWith(messages = inMemory()) {
    const http = createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs: 5_000 });
    const bot = slackBot({
      ...{ http, baseUrl: slack.url, token, onCallEmails: noOne },
      ...{ messages, payloadOf: slackPayload },
    });
    return {
      messages,
      announce: (event: string, at: number, fields: Partial<Notification> = {}, sentAt = at) =>
        bot.deliver(
          anOutgoingMessage(
            {
              id: `ntf_${event}`,
              kind: "announcement",
              address: room,
              message: `${event}: #1 down`,
              metadata: { event },
              createdAt: monday + at,
              ...fields,
            },
            { incident: { id: "inc_1" }, at: monday + sentAt },
          ),
        ),
    };
  }

  test("update one message, and report changes in its thread", async () => {
    const { announce } = channelWith();
    await announce("triggered", 0);
    await announce("acknowledged", minutes(1));
    await announce("escalated", minutes(2));
    await announce("resolved", minutes(3));
    expect([...posted]).toEqual([["1.5", { headline: "resolved: #1 down", incidentId: "inc_1" }]]);
    expect(replies).toEqual([
      { thread: "1.5", text: "acknowledged: #1 down", broadcast: false },
      { thread: "1.5", text: "escalated: #1 down", broadcast: true },
      { thread: "1.5", text: "resolved: #1 down", broadcast: false },
    ]);
  });

  test("that are delivered again change nothing", async () => {
    const { announce } = channelWith();
    for (let times = 0; times < 2; times += 1) await announce("triggered", 0);
    for (let times = 0; times < 2; times += 1) await announce("acknowledged", minutes(1));
    expect(posted.size).toBe(1);
    expect(replies).toHaveLength(1);
  });

  test("report once in the thread, although the process died after the report", async () => {
    const stored = inMemory();
    await channelWith(stored).announce("triggered", 0);
    const dying = { ...stored, save: () => Promise.reject(new Error("died")) };
    await expect(channelWith(dying).announce("acknowledged", minutes(1))).rejects.toThrow("died");
    const inDoubt = { at: monday, ok: false, outcome: "in_doubt", detail: "", hash: "" } as const;
    const again = await channelWith(stored).announce("acknowledged", minutes(1), { attempts: [inDoubt] });
    expect(again.detail).toBe("message 0.9, of an earlier attempt");
    expect(replies).toHaveLength(1);
    // An attempt that failed before it reached the thread is repeated.
    await channelWith(stored).announce("escalated", minutes(2), { attempts: [inDoubt] });
    expect(replies.map(({ text }) => text)).toEqual(["acknowledged: #1 down", "escalated: #1 down"]);
  });

  test("that are notes appear in the thread only, and not in the one where they were written", async () => {
    const { announce, messages } = channelWith();
    await announce("triggered", 0);
    const note = { message: "Note by Ada: #1 down\nlooks like <DNS>" };
    await announce("noted", minutes(1), note);
    const written = { ...note, metadata: { event: "noted", thread: `${room}:1.5` } };
    expect(await announce("noted", minutes(2), written)).toEqual({ detail: "written in this thread" });
    expect([...posted.values()].map(({ headline }) => headline)).toEqual(["triggered: #1 down"]);
    expect(replies).toEqual([
      { thread: "1.5", text: "Note by Ada: #1 down\nlooks like &lt;DNS&gt;", broadcast: false },
    ]);
    expect(await messages.incidentOf({ channel: "slack", reference: `${room}:1.5` })).toBe("inc_1");
    expect(await messages.incidentOf({ channel: "slack", reference: `${room}:9.5` })).toBeUndefined();
  });

  test("that arrive late do not replace what is newer", async () => {
    const { announce } = channelWith();
    await announce("triggered", 0);
    await announce("resolved", minutes(3));
    await announce("acknowledged", minutes(1), {}, minutes(4));
    expect(posted.get("1.5")?.headline).toBe("resolved: #1 down");
    expect(replies.at(-1)?.text).toBe("acknowledged: #1 down");
  });

  test("wait for the first one, so that there is one message", async () => {
    const { announce } = channelWith();
    const both = await Promise.allSettled([announce("triggered", 0), announce("escalated", 1)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: expect.any(TemporaryFailure),
    });
    expect(posted.size).toBe(1);
    await announce("escalated", 1, {}, minutes(1));
    expect(posted.size).toBe(1);
  });

  test("find the message of a delivery that died before it stored its ID", async () => {
    const stored = inMemory();
    const dying = {
      ...stored,
      save: async (...[next, known]: Parameters<typeof stored.save>) => {
        if (next.reference !== null) throw new Error("died");
        return stored.save(next, known);
      },
    };
    await expect(channelWith(dying).announce("triggered", 0)).rejects.toThrow("died");
    const { announce } = channelWith(stored);
    expect(await failureOf(announce("triggered", 0, {}, seconds(15)))).toBeInstanceOf(TemporaryFailure);
    await announce("triggered", 0, {}, seconds(45));
    expect(posted.size).toBe(1);
    await announce("resolved", minutes(3));
    expect(posted.get("1.5")?.headline).toBe("resolved: #1 down");
  });

  test("are posted again if someone has deleted the message", async () => {
    const { announce } = channelWith();
    await announce("triggered", 0);
    posted.clear();
    await announce("acknowledged", minutes(1));
    await announce("resolved", minutes(2));
    expect([...posted.values()].map(({ headline }) => headline)).toEqual(["resolved: #1 down"]);
  });

  test("are posted by the next delivery if Slack refused the first, and as late as it asks", async () => {
    const { announce } = channelWith();
    slack.behave({ status: 429, headers: { "retry-after": "20" } });
    expect(await failureOf(announce("triggered", 0))).toMatchObject({ retryAfterSeconds: 20 });
    slack.behave(answerOf);
    await announce("triggered", 0, {}, seconds(20));
    expect(posted.size).toBe(1);
  });

  test("to a chat that does not exist fail permanently", async () => {
    const { announce } = channelWith();
    expect(await failureOf(announce("triggered", 0, { address: "#none" }))).toBeInstanceOf(PermanentFailure);
  });

  test("of different chats and incidents, and pages, have messages of their own", async () => {
    const { announce } = channelWith();
    await announce("triggered", 0);
    await announce("triggered", 0, { incidentId: "inc_2" });
    await announce("page", 0, { kind: "page" });
    await announce("page again", 1, { kind: "page" });
    expect(posted.size).toBe(4);
  });
});
