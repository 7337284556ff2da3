import { describe, expect, test } from "vitest";
import {
  aBareMessage,
  aFullMessage,
  anOutgoingMessage,
  someLinks,
} from "../../tests/support/outgoing-message.ts";
import {
  deadEnd,
  type MailServer,
  type ReceivedMail,
  type SmtpBehaviour,
  startMailServer,
} from "../../tests/support/platform/provider-server.ts";
import {
  channelSuite,
  failureOf,
  patientMs,
  shortTimeoutMs,
  type Trial,
} from "../../tests/support/suites/channel-suite.ts";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { reasonToIgnore, replyTokenIn } from "../domain/notifications/received-email.ts";
import { parseEmail } from "../email/parse-email.ts";
import { emailChannel } from "./email.client.ts";

const from = "Incidents <incidents@example.com>";
const credentials = { user: "platform", password: "p@ss/wordPASSWORD" };
const plainLogin = Buffer.from(`\0${credentials.user}\0${credentials.password}`).toString("base64");
const known = `535 ${credentials.password} ${encodeURIComponent(credentials.password)} ${plainLogin}`;

interface MailTrial extends Trial {
  readonly server: MailServer;
  mail(message: OutgoingMessage): Promise<ReceivedMail>;
}

async function start(): Promise<MailTrial> {
  const server = await startMailServer(credentials);
  const channelTo = (url: string, timeoutMs = patientMs) => emailChannel({ url, from, timeoutMs });
  const channel = await channelTo(server.url);
  return {
    server,
    channel,
    impatient: await channelTo(server.url, shortTimeoutMs),
    address: "ada@example.com",
    deadEnd: {
      channel: await channelTo(`smtp://${deadEnd}`),
      address: "ada@example.com",
    },
    received: () => server.mails.map(({ raw }) => raw),
    async mail(message) {
      server.behave({});
      await channel.deliver(message);
      const mail = server.mails.at(-1);
      if (!mail) throw new Error("Nothing arrived");
      return mail;
    },
    close: server.close,
  };
}

const behaves =
  (behaviour: SmtpBehaviour) =>
  ({ server }: MailTrial) =>
    server.behave(behaviour);

describe("an email", () => {
  const trial = channelSuite<MailTrial>({
    start,
    accepted: { arrange: behaves({}), detail: "250 OK: message queued" },
    temporary: {
      "a busy server": behaves({ onConnect: { code: 421, text: "too many connections" } }),
      "a server that is none": behaves({ onConnect: { code: 554, text: "no SMTP service here" } }),
      "a wrong password": behaves({ onLogin: { code: 535, text: "wrong" } }),
      "a grey-listed recipient": behaves({ onRecipient: { code: 450, text: "come again" } }),
      "a full disk": behaves({ onMessage: { code: 452, text: "no space" } }),
    },
    permanent: {
      "an unknown recipient": behaves({ onRecipient: { code: 550, text: "no such user" } }),
      "a refused message": behaves({ onMessage: { code: 554, text: "looks like spam" } }),
    },
    hanging: { hangs: behaves({ onConnect: "hangs" }) },
    indiscreet: [
      behaves({ onLogin: { code: 535, text: known } }),
      behaves({ onRecipient: { code: 550, text: `${known} ${Object.values(someLinks).join(" ")}` } }),
      behaves({ onMessage: { code: 451, text: `${known} ${Object.values(someLinks).join(" ")}` } }),
    ],
    secrets: [credentials.password, encodeURIComponent(credentials.password), plainLogin],
    maxBytes: 100_000,
  });

  test("leaves what the server said when it refused", async () => {
    const { channel, server } = trial();
    server.behave({ onRecipient: { code: 550, text: "no such user" } });
    const failure = await failureOf(channel.deliver(anOutgoingMessage()));
    expect(failure.message).toBe("550 no such user");
  });

  test("has an HTML and a plain-text part, both with fields and links", async () => {
    const { parsed, recipients } = await trial().mail(anOutgoingMessage());
    expect(recipients).toEqual(["ada@example.com"]);
    expect(parsed.subject).toBe("#1 error rate over 5%");
    expect(parsed.text?.trim()).toBe(
      [
        "#1 error rate over 5%",
        "since five minutes",
        "Service: checkout\nTeam: payments\nSeverity: critical\nStatus: open",
        `Acknowledge: ${someLinks.acknowledge}\nResolve: ${someLinks.resolve}\nView: ${someLinks.view}`,
      ].join("\n\n"),
    );
    const html = String(parsed.html);
    for (const url of Object.values(someLinks)) expect(html).toContain(`href="${url}"`);
    expect(html).toContain("since five minutes");
    expect(html).toContain('<meta name="viewport"');
  });

  test("about one incident is one conversation, and no machine answers it", async () => {
    const page = aFullMessage();
    const { notification, incident } = page;
    const later = { ...page, notification: { ...notification, id: `${notification.id}later` } };
    const root = `<${incident?.id}@example.com>`;
    for (const message of [page, later]) {
      const { parsed } = await trial().mail(message);
      expect(parsed.messageId).toBe(`<${message.notification.id}@example.com>`);
      expect(parsed.references).toEqual([root, `<${message.notification.id}@ref.example.com>`]);
      expect(parsed.inReplyTo).toBe(root);
      expect(parsed.headers.get("auto-submitted")).toBe("auto-generated");
    }
    const bare = aBareMessage();
    const { parsed: other } = await trial().mail(bare);
    expect(other.references).toBe(`<${bare.notification.id}@ref.example.com>`);
    expect(other.inReplyTo).toBeUndefined();
  });

  test("has what responders need in both parts", async () => {
    const { parsed } = await trial().mail(aFullMessage(true));
    expect(parsed.text?.trim()).toBe(
      [
        "#12 [CRITICAL] checkout: error rate over 5%",
        "The error budget is spent.",
        [
          "Service: checkout",
          "Team: payments",
          "Severity: critical",
          "Urgency: low",
          "Status: open",
          "Next: Grace Hopper at 2026-11-23 10:05 UTC",
        ].join("\n"),
        [
          'Reply "ack 12" to this email.',
          `Acknowledge: ${someLinks.acknowledge}`,
          `Resolve: ${someLinks.resolve}`,
          `View: ${someLinks.view}`,
        ].join("\n"),
        [
          "Links:",
          "Runbook: https://wiki.example.com/checkout",
          "Dashboard: https://grafana.example.com/d/1",
          "Graph: https://grafana.example.com/graph.png",
        ].join("\n"),
        [
          "Recent changes:",
          "2026-11-23 09:55 UTC: Deploy checkout 4.2: https://ci.example.com/42",
          "2026-11-23 09:30 UTC: Flag fast-cart on",
        ].join("\n"),
        ["Labels:", "instance: web-1", "region: eu"].join("\n"),
      ].join("\n\n"),
    );
    const html = String(parsed.html);
    for (const text of [
      "The error budget is spent.",
      "Grace Hopper at 2026-11-23 10:05 UTC",
      "Reply &quot;ack 12&quot; to this email.",
      '<a href="https://wiki.example.com/checkout"><bdi>Runbook</bdi></a>',
      '<a href="https://ci.example.com/42"><bdi>2026-11-23 09:55 UTC: Deploy checkout 4.2</bdi></a>',
      "<bdi>instance: web-1</bdi>",
    ])
      expect(html).toContain(text);
  });

  test("without details has only its headline", async () => {
    const { parsed } = await trial().mail(aBareMessage());
    expect(parsed.text?.trim()).toBe("#1 down");
  });

  test("that can be answered has the signed message ID, and the address for answers", async () => {
    const emailReply = { messageId: "ntf_1.signature@in.example.com", address: "reply@in.example.com" };
    const { parsed } = await trial().mail(anOutgoingMessage({}, { emailReply }));
    expect(parsed.messageId).toBe("<ntf_1.signature@in.example.com>");
    expect(parsed.replyTo?.text).toBe("reply@in.example.com");
  });

  test.each([
    ["about an incident", {}],
    ["about no incident", { incident: null }],
  ])("%s is recognized after a relay has replaced its message ID, and so is its answer", async (_, about) => {
    const token = `ntf_1.${"s".repeat(22)}`;
    const emailReply = { messageId: `${token}@in.example.com`, address: "reply@in.example.com" };
    const { raw } = await trial().mail(anOutgoingMessage({}, { ...about, emailReply }));
    const ses = "<0102018f@eu-west-1.amazonses.com>";
    const relayed = raw.replace(/^Message-ID: .*$/im, `Message-ID: ${ses}`);
    const looping = await parseEmail(Buffer.from(relayed), from);
    expect(looping.message_id).toBe(ses);
    expect(reasonToIgnore(looping)).toBe("it belongs to a notification");
    const references = [...looping.replies_to.toReversed(), ses].join(" ");
    const answer = `In-Reply-To: ${ses}\r\nReferences: ${references}\r\n\r\nack\r\n`;
    const { replies_to } = await parseEmail(Buffer.from(answer), "ada@example.com");
    expect(replies_to.flatMap((id) => replyTokenIn(id) ?? [])[0]).toBe(token);
  });

  test.each([
    { fields: { severity: "critical" }, priority: "high" },
    { fields: { severity: "high", kind: "bundle" }, priority: "high" },
    { fields: { severity: "medium" }, priority: undefined },
    { fields: { severity: "critical", kind: "announcement" }, priority: undefined },
  ] as const)("of $fields has the priority $priority", async ({ fields, priority }) => {
    const { parsed } = await trial().mail(anOutgoingMessage(fields));
    expect(parsed.headers.get("importance") ?? parsed.headers.get("priority")).toBe(priority);
  });

  test("shows markup instead of obeying it", async () => {
    const evil = `<script>alert(1)</script><a href='x'>"`;
    const { parsed, raw } = await trial().mail(
      anOutgoingMessage({ message: `${evil}\n${evil}` }, { incident: { service: evil, team: evil } }),
    );
    expect(parsed.html).not.toMatch(/<script|<a href='/);
    expect(parsed.html).toContain("&lt;script&gt;");
    expect(raw).not.toContain("<script>alert(1)</script>\r\n<");
    expect(parsed.text).toContain(evil);
  });

  test.each(["\r\n", "\n", "\r", "\u2028"])("can't be given headers through its text (%j)", async (end) => {
    const { parsed, recipients } = await trial().mail(
      anOutgoingMessage({ message: `disk full${end}Bcc: mallory@example.com${end}X-Evil: 1` }),
    );
    expect(recipients).toEqual(["ada@example.com"]);
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.headers.has("x-evil")).toBe(false);
  });

  test.each([
    "ada@example.com\r\nBcc: mallory@example.com",
    "ada@example.com\nRCPT TO:<mallory@example.com>",
    "ada@example.com\u0000",
    "ada@example.com, mallory@example.com",
    "Ada <ada@example.com>, mallory@example.com",
    "",
  ])("to %j is refused", async (address) => {
    const { channel, server } = trial();
    server.behave({});
    const before = server.mails.length;
    expect(await failureOf(channel.deliver(anOutgoingMessage({ address })))).toBeInstanceOf(PermanentFailure);
    expect(server.mails.length).toBe(before);
  });
});
