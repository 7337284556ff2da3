import { describe, expect, test } from "vitest";
import { readSlackAction } from "./slack-action.ts";

const payload = {
  type: "block_actions",
  user: { id: "U1", username: "ada", name: "Ada", team_id: "T1" },
  actions: [{ action_id: "acknowledge", block_id: "b", type: "button", value: "inc_1", action_ts: "1" }],
  response_url: "https://hooks.slack.com/actions/T1/2/x",
  message: { text: "down" },
  trigger_id: "1.2.abc",
};

const read = (changes: object) =>
  readSlackAction(`payload=${encodeURIComponent(JSON.stringify({ ...payload, ...changes }))}`);

describe("a press", () => {
  test("is read from the form", () => {
    expect(read({})).toEqual({
      id: "1.2.abc",
      action: "acknowledge",
      incidentId: "inc_1",
      user: { id: "U1", name: "Ada" },
      responseUrl: payload.response_url,
    });
  });

  test("may be the choice of a snooze", () => {
    const actions = [{ action_id: "snooze", type: "static_select", selected_option: { value: "4h inc_1" } }];
    expect(read({ actions })).toMatchObject({ action: "4h", incidentId: "inc_1", user: { name: "Ada" } });
  });

  test.each(["resolve", "escalate"])("may be of the button %s", (action) => {
    expect(read({ actions: [{ action_id: action, value: "inc_1" }] })).toMatchObject({ action });
  });

  test.each([
    [{ id: "U1", username: "ada" }, "ada"],
    [{ id: "U1", name: "", username: "" }, "U1"],
    [{ id: "U1", name: "x".repeat(300) }, "x".repeat(255)],
    [{ id: "U1", name: "a\ud800" }, "a\ufffd"],
  ])("by %j is theirs", (user, name) => {
    expect(read({ user })?.user.name).toBe(name);
  });

  test.each([
    { type: "view_submission" },
    { actions: [] },
    { actions: [{ action_id: "view", value: "inc_1" }] },
    { actions: [{ action_id: "__proto__", value: "inc_1" }] },
    { actions: [{ action_id: "resolve" }] },
    { actions: [{ action_id: "resolve", value: "" }] },
    { actions: [{ action_id: "resolve", value: "x".repeat(256) }] },
    { user: {} },
    { actions: [{ action_id: "snooze", value: "1h inc_1" }] },
    { actions: [{ action_id: "snooze", selected_option: null }] },
    { actions: [{ action_id: "snooze", selected_option: { value: "2h inc_1" } }] },
    { actions: [{ action_id: "snooze", selected_option: { value: "1h" } }] },
    { actions: [{ action_id: "snooze", selected_option: { value: "1h inc_1 inc_2" } }] },
  ])("is not parsed from %j", (changes) => {
    expect(read(changes)).toBeUndefined();
  });

  test.each([
    "",
    "payload=",
    "payload=%7B",
    "payload=null",
    "payload=1",
    "other=1",
    '{"type":"block_actions"}',
  ])("is not in %j", (form) => {
    expect(readSlackAction(form)).toBeUndefined();
  });

  test("may have nowhere to reply to", () => {
    expect(read({ response_url: undefined })?.responseUrl).toBeNull();
  });
});
