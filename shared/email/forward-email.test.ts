import { describe, expect, test } from "vitest";
import { limits } from "../domain/limits.ts";
import type { ReceivedEmail } from "../domain/notifications/received-email.ts";
import { receivedEmail } from "../validation/received-email.ts";
import { forwardEmail, pathOfAddress, readBytes } from "./forward-email.ts";
import { parseEmail } from "./parse-email.ts";

const key = "0123456789abcdef0123456789abcdef";
const domain = "in.example.com";

test.each([
  [`${key}@in.example.com`, `/integrations/${key}`],
  [`Alerts+${key.toUpperCase()}@IN.example.com`, `/integrations/${key}`],
  [`a+b+${key}@in.example.com`, `/integrations/${key}`],
  ["reply@in.example.com", "/email/replies"],
  ["postmaster@in.example.com", undefined],
  [`${key}@example.com`, undefined],
  [`${key}@in.example.com.evil.example`, undefined],
  [`${key}/../x@in.example.com`, undefined],
  ["", undefined],
])("email to %j goes to %s", (address, path) => {
  expect(pathOfAddress(address, domain)).toBe(path);
});

const mime = (...lines: string[]) => Buffer.from(lines.join("\r\n"));

describe("an email", () => {
  test("is cut to what the platform takes", async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `<${index}@x>`).join(" ");
    const raw = mime(
      `From: ${"a".repeat(3_000)}@example.com`,
      `Subject: ${"s".repeat(5_000)}`,
      `References: ${ids}`,
      "",
      "t".repeat(70_000),
    );
    const parsed = await parseEmail(raw, "ada@example.com");
    expect(receivedEmail.parse(parsed)).toEqual(parsed);
    expect([parsed.subject.length, parsed.text.length, parsed.replies_to.length]).toEqual([
      limits.addressLength,
      limits.emailTextLength,
      limits.emailReferences,
    ]);
  });

  test("is parsed from its MIME form", async () => {
    const raw = mime(
      "From: =?utf-8?q?Z=C3=B6e?= <zoe@example.com>",
      "Subject: =?iso-8859-1?Q?Speicher_voll_f=FCr?= db-1",
      "Message-ID: <1@example.com>",
      "In-Reply-To: <c@x>",
      "References: <a@x> <b@x> <c@x>",
      "Auto-Submitted: auto-generated",
      "X-Other: kept out",
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "Content-Type: text/plain; charset=iso-8859-1",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "f=FCnf Prozent",
      "--b",
      'Content-Type: image/png; name="g.png"',
      "Content-Transfer-Encoding: base64",
      "Content-Disposition: attachment",
      "",
      "AAAA",
      "--b--",
    );
    expect(await parseEmail(raw, "bounce@example.com")).toEqual({
      sender: "bounce@example.com",
      from: "zoe@example.com",
      subject: "Speicher voll für db-1",
      text: "fünf Prozent\n",
      message_id: "<1@example.com>",
      replies_to: ["<c@x>", "<c@x>", "<b@x>", "<a@x>"],
      headers: {
        "auto-submitted": "auto-generated",
        "content-type": expect.stringContaining("multipart/mixed"),
      },
      attachments: [{ name: "g.png", type: "image/png", bytes: 3 }],
    });
  });

  test("in HTML alone has the text of the HTML", async () => {
    const html =
      '<style>p{}</style><h1>Disk</h1><p>full &amp; slow<br>on <a href="https://x.example/d">db-1</a></p><script>x</script>';
    const { text } = await parseEmail(mime("Content-Type: text/html", "", html), "a@example.com");
    expect(text).toBe("Disk\n\nfull & slow\non db-1 [https://x.example/d]");
  });

  test("is bounded, whatever its size and nesting", async () => {
    const long = mime("Subject: x", "", "y".repeat(300_000));
    expect((await parseEmail(long, "a@example.com")).text).toHaveLength(64 * 1024);
    const posted: ReceivedEmail[] = [];
    const raw = Buffer.concat([
      mime(
        'Content-Type: multipart/mixed; boundary="b"',
        "",
        "--b",
        "",
        "the text",
        "--b",
        "Content-Type: image/png",
        "",
        "",
      ),
      Buffer.alloc(readBytes * 2, "A"),
    ]);
    const post = async (_: string, email: ReceivedEmail) => {
      posted.push(email);
      return { status: 202 };
    };
    const mail = { sender: "a@example.com", recipients: [`${key}@${domain}`], raw };
    expect(await forwardEmail(mail, domain, post)).toBe("accepted");
    expect(posted).toMatchObject([{ text: expect.stringContaining("the text") }]);
    const deep = Array.from({ length: 300 }, (_, depth) => [
      `Content-Type: multipart/mixed; boundary="b${depth}"`,
      "",
      `--b${depth}`,
    ]).flat();
    expect(await forwardEmail({ ...mail, raw: mime(...deep) }, domain, post)).toBe("refused");
  });

  test.each([
    [[202], "accepted"],
    [[202, 401], "accepted"],
    [[401], "refused"],
    [[422], "refused"],
    [[202, 503], "retry"],
    [[429], "retry"],
    [[0], "retry"],
  ])("to addresses that answer with %j is %s", async (statuses, result) => {
    const recipients = statuses.map((_, index) => `${index}+${key.replace(/^./, `${index}`)}@${domain}`);
    const post = async (path: string) => {
      const status = statuses[Number(path.at("/integrations/".length))] ?? 0;
      if (status === 0) throw new Error("connection refused");
      return { status };
    };
    const mail = { sender: "a@example.com", recipients, raw: mime("Subject: x", "", "y") };
    expect(await forwardEmail(mail, domain, post)).toBe(result);
  });

  test("is posted to all its addresses at the same time", async () => {
    const recipients = ["a", "b", "c"].map((each) => `${key.replace(/^./, each)}@${domain}`);
    const waiting: (() => void)[] = [];
    const post = () =>
      new Promise<{ status: number }>((resolve) => {
        waiting.push(() => resolve({ status: 202 }));
        if (waiting.length === recipients.length) for (const answer of waiting) answer();
      });
    const mail = { sender: "a@example.com", recipients, raw: mime("Subject: x", "", "y") };
    expect(await forwardEmail(mail, domain, post)).toBe("accepted");
  });

  test("without a message ID has one that is the same when it comes again", async () => {
    const ids: (string | null)[] = [];
    const post = async (_: string, { message_id }: ReceivedEmail) => {
      ids.push(message_id);
      return { status: 202 };
    };
    const forward = (raw: Uint8Array, fields: object = {}) =>
      forwardEmail(
        { sender: "a@example.com", recipients: [`${key}@${domain}`], raw, ...fields },
        domain,
        post,
      );
    const dated = (second: number) => mime(`Date: Mon, 23 Nov 2026 10:00:0${second} +0000`, "", "Date: y");
    for (const second of [1, 1, 2]) await forward(dated(second));
    expect(ids[0]).toMatch(/^<\w{64}@/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    await forward(dated(1), { transportId: "<1@sns>" });
    await forward(mime("Message-ID: <a@b>", "", "y"), { transportId: "<1@sns>" });
    // Nothing tells the next email of a device without a clock from this one.
    await forward(mime("Subject: x", "", "Date: y"));
    expect(ids.slice(3)).toEqual(["<1@sns>", "<a@b>", null]);
  });

  test("to no address of the platform is refused", async () => {
    const mail = { sender: "a@example.com", recipients: ["a@elsewhere.example"], raw: mime("", "") };
    const post = () => Promise.reject(new Error("not called"));
    expect(await forwardEmail(mail, domain, post)).toBe("refused");
  });
});
