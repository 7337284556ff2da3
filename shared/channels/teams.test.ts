import { describe, expect, test } from "vitest";
import {
  aBareMessage,
  aFullMessage,
  anOutgoingMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import { httpChannelSuite } from "../../tests/support/suites/channel-suite.ts";
import { chatChannel } from "./chat/chat.ts";
import { consoleChannel } from "./console.client.ts";
import { teams, teamsPayload } from "./teams.client.ts";

const query = "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=signatureSIGNATURE";

describe("Teams", () => {
  const trial = httpChannelSuite({
    make(http, url) {
      const named = new Map([["payments", `${url}/workflows/workflowWORKFLOW/triggers${query}`]]);
      const chat = {
        http,
        destinations: { fallback: null, named },
        simulated: consoleChannel(() => undefined),
      };
      return { channel: chatChannel(chat, teams), address: "Payments" };
    },
    accepted: { answer: { status: 202 }, detail: "202" },
    refusals: {
      temporary: {
        "a connector's 200 with a 429": {
          status: 200,
          body:
            "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429 " +
            "with ContextId tcid=1,server=DB3,cv=x.",
        },
        "a connector's 200 with a 500": {
          status: 200,
          body: "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 500",
        },
        "a connector's 200 with an error without a status": {
          status: 200,
          body: "Webhook message delivery failed with error: the connector is busy",
        },
      },
      permanent: {
        "a connector's 200 with a 403": {
          status: 200,
          body: "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 403",
        },
        "a connector's 200 with a 410": {
          status: 200,
          body: "Microsoft Teams endpoint returned HTTP error 410",
        },
      },
    },
    secrets: ["workflowWORKFLOW", "signatureSIGNATURE", "sp=%2Ftriggers"],
    maxBytes: 28_000,
  });

  test("accepts by a connector's URL with a 200 and a 1", async () => {
    const { channel, address, behave } = trial();
    behave({ status: 200, body: "1" });
    expect(await channel.deliver(anOutgoingMessage({ address }))).toEqual({ detail: "200 1" });
  });
});

const textsOfRuns = (runs: readonly object[]) => runs.map((run) => ("text" in run ? run.text : ""));

describe("a message in Teams", () => {
  test("is an adaptive card with the incident's fields and one button per link", () => {
    const { type, attachments } = teamsPayload(anOutgoingMessage());
    expect(type).toBe("message");
    expect(attachments).toHaveLength(1);
    const [card] = attachments;
    expect(card).toMatchObject({
      contentType: "application/vnd.microsoft.card.adaptive",
      contentUrl: null,
      content: {
        type: "AdaptiveCard",
        body: [
          { inlines: [{ text: "#1 error rate over 5%", weight: "bolder" }] },
          { inlines: [{ text: "since five minutes" }] },
          { inlines: [{ text: "Service: " }, { text: "checkout" }] },
          { inlines: [{ text: "Team: " }, { text: "payments" }] },
          { inlines: [{ text: "Severity: " }, { text: "critical" }] },
          { inlines: [{ text: "Status: " }, { text: "open" }] },
        ],
        actions: [
          { type: "Action.OpenUrl", title: "Acknowledge", url: someLinks.acknowledge },
          { type: "Action.OpenUrl", title: "Resolve", url: someLinks.resolve },
          { type: "Action.OpenUrl", title: "View", url: someLinks.view },
        ],
      },
    });
  });

  test("shows what responders need, and opens runbooks by a button", () => {
    const [card] = teamsPayload(aFullMessage()).attachments;
    const lines = card?.content.body.map(({ inlines }) => textsOfRuns(inlines).join(""));
    expect(lines).toEqual([
      "#12 [CRITICAL] checkout: error rate over 5%",
      "The error budget is spent.",
      "Service: checkout",
      "Team: payments",
      "Severity: critical",
      "Urgency: low",
      "Status: open",
      "Next: Grace Hopper at 2026-11-23 10:05 UTC",
      "Links",
      "Runbook",
      "Dashboard",
      "Graph",
      "Recent changes",
      "2026-11-23 09:55 UTC: Deploy checkout 4.2",
      "2026-11-23 09:30 UTC: Flag fast-cart on",
      "Labels",
      "instance: web-1",
      "region: eu",
    ]);
    expect(card?.content.actions.map(({ title }) => title)).toEqual([
      "Acknowledge",
      "Resolve",
      "View",
      "Runbook",
      "Dashboard",
      "Graph",
    ]);
    expect(JSON.stringify(card)).toContain(
      '"selectAction":{"type":"Action.OpenUrl","url":"https://ci.example.com/42"}',
    );
  });

  test("without details has only its headline", () => {
    const [card] = teamsPayload(aBareMessage()).attachments;
    expect(card?.content).toMatchObject({ body: [{ inlines: [{ text: "#1 down" }] }], actions: [] });
  });

  test("is of text runs, which know no Markdown", () => {
    const [card] = teamsPayload(anOutgoingMessage({ message: "[bank](https://evil.example)" })).attachments;
    expect(card?.content.body.every(({ type }) => type === "RichTextBlock")).toBe(true);
  });
});
