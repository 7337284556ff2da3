import { expect, test } from "vitest";
import { readSlackEvent } from "./slack-event.ts";
import { isFromMember } from "./workspace.ts";

const message = {
  type: "message",
  channel: "C0PAYMENTS",
  user: "U0ADA",
  text: "looks like <https://example.com/a?b=1&amp;c|DNS>",
  ts: "1764000100.000200",
  thread_ts: "1764000000.000100",
};
const read = (changes: object = {}, event_id: unknown = "Ev1") =>
  readSlackEvent(
    JSON.stringify({ type: "event_callback", team_id: "T1", event_id, event: { ...message, ...changes } }),
  );

test("a message in a thread is read with its thread and in Markdown", () => {
  expect(read()).toEqual({
    kind: "thread_message",
    id: "Ev1",
    userId: "U0ADA",
    thread: "C0PAYMENTS:1764000000.000100",
    text: "looks like [DNS](https://example.com/a?b=1&c)",
  });
  expect(read({ subtype: "thread_broadcast" })).toMatchObject({ kind: "thread_message" });
});

test("Slack's question about the URL is read", () => {
  const body = { token: "x", challenge: "3eZbrw1aB", type: "url_verification" };
  expect(readSlackEvent(JSON.stringify(body))).toEqual({ kind: "challenge", challenge: "3eZbrw1aB" });
});

test.each([
  { name: "of an app, such as the platform's own", changes: { bot_id: "B1" } },
  { name: "outside of a thread", changes: { thread_ts: undefined } },
  { name: "that starts a thread", changes: { thread_ts: message.ts } },
  { name: "that was edited", changes: { subtype: "message_changed" } },
  { name: "that was deleted", changes: { subtype: "message_deleted" } },
  { name: "of no one", changes: { user: undefined } },
  { name: "that is a reaction", changes: { type: "reaction_added" } },
  { name: "in a thread that is none", changes: { thread_ts: "1:2" } },
])("a message $name needs nothing", ({ changes }) => {
  expect(read(changes)).toEqual({ kind: "other" });
});

test("an event without an ID, and JSON that is none, need nothing; a form is no event", () => {
  expect(read({}, null)).toEqual({ kind: "other" });
  expect(readSlackEvent("{")).toEqual({ kind: "other" });
  expect(readSlackEvent("payload=%7B%7D")).toBeUndefined();
});

test.each([
  { text: "a &lt;b&gt; &amp;amp; c", markdown: "a <b> &amp; c" },
  { text: "<https://example.com>", markdown: "https://example.com" },
  { text: "<@U1> and <!here>, see <#C1|payments>", markdown: "@U1 and @here, see payments" },
  { text: "<!subteam^S1|@oncall>", markdown: "@oncall" },
  { text: " \n", markdown: "" },
])("$text becomes $markdown", ({ text, markdown }) => {
  expect(read({ text })).toMatchObject({ text: markdown });
});

const payload = (fields: object) => `payload=${encodeURIComponent(JSON.stringify(fields))}`;

const guest = { team_id: "T1", event: { team: "T9" } };
const abroad = { team_id: "T9", event: { team: "T9" }, authorizations: [{ team_id: "T1" }] };
const user = { id: "U1", team_id: "T1" };

test.each([
  { body: JSON.stringify({ team_id: "T1", event: { type: "message" } }), of: ["T1", "no setting"] },
  { body: JSON.stringify(guest), of: [] },
  { body: JSON.stringify(abroad), of: [] },
  { body: "command=%2Foncall&team_id=T1", of: ["T1", "no setting"] },
  { body: "command=%2Foncall&team_id=T9", of: ["no setting"] },
  { body: "command=%2Foncall&team_id=", of: ["no setting"] },
  { body: "command=%2Foncall", of: ["no setting"] },
  { body: payload({ team: { id: "T1" }, user }), of: ["T1", "no setting"] },
  { body: payload({ team: null, user }), of: ["T1", "no setting"] },
  { body: payload({ team: { id: "T9" }, user }), of: [] },
  { body: "payload=x", of: ["no setting"] },
  { body: "{", of: ["no setting"] },
  { body: "", of: ["no setting"] },
])("$body is of a member with $of", ({ body, of }) => {
  const settings = { T1: "T1", "no setting": "" };
  const accepting = Object.entries(settings).filter(([, workspace]) => isFromMember(body, workspace));
  expect(accepting.map(([name]) => name)).toEqual(of);
});
