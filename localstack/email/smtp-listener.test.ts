import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import nodemailer from "nodemailer";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { messageBytes, startSmtpListener } from "./smtp-listener.ts";

const key = "0123456789abcdef0123456789abcdef";
const address = `${key}@in.example.com`;
const posted: { path: string | undefined; email: Record<string, unknown> }[] = [];
let status = 202;
const gateway = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  posted.push({ path: request.url, email: JSON.parse(Buffer.concat(chunks).toString()) });
  response.writeHead(status).end();
});
let port: number;
let stop: () => Promise<void>;

beforeAll(async () => {
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  port = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
  const gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  stop = await startSmtpListener({ host: "127.0.0.1", port, domain: "in.example.com", gatewayUrl });
});
afterAll(async () => {
  await stop();
  gateway.close();
});
beforeEach(() => {
  posted.length = 0;
  status = 202;
});

function send(mail: object, to: string | string[] = address): Promise<unknown> {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  return transport.sendMail({
    from: "nagios@example.com",
    to,
    subject: "Disk is full",
    text: "/var",
    ...mail,
  });
}

test("an email is answered once the platform has stored it", async () => {
  await send({ messageId: "<1@example.com>" }, [address, `db+${key}@IN.example.com`]);
  expect(posted).toMatchObject([
    {
      path: `/integrations/${key}`,
      email: {
        sender: "nagios@example.com",
        subject: "Disk is full",
        text: "/var\n",
        message_id: "<1@example.com>",
      },
    },
  ]);
});

test("nothing is relayed", async () => {
  for (const to of ["bob@elsewhere.example", "bob@in.example.com"])
    await expect(send({}, to)).rejects.toMatchObject({ responseCode: 550 });
  expect(posted).toEqual([]);
});

test.each([
  [503, 451],
  [429, 451],
  [401, 554],
  [422, 554],
])("a %d of the platform becomes a %d", async (replied, responseCode) => {
  status = replied;
  await expect(send({})).rejects.toMatchObject({ responseCode });
});

test("a message that is too large is rejected, and one with a large attachment is read", async () => {
  const attachments = [{ filename: "graph.png", content: Buffer.alloc(1024 * 1024) }];
  await send({ attachments });
  expect(posted).toMatchObject([{ email: { text: "/var\n", attachments: [{ name: "graph.png" }] } }]);
  const tooLarge = [{ filename: "dump", content: Buffer.alloc(messageBytes) }];
  await expect(send({ attachments: tooLarge })).rejects.toMatchObject({ responseCode: 552 });
});

test("further recipients than allowed are refused", async () => {
  const many = Array.from({ length: 11 }, (_, index) => `a${index}+${key}@in.example.com`);
  expect(await send({}, many)).toMatchObject({ rejected: [many[10]] });
});

test("a connection ends after its longest life, even if it is in use", async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const own = (probe.address() as AddressInfo).port;
  await new Promise((resolve) => probe.close(resolve));
  const settings = {
    host: "127.0.0.1",
    port: own,
    domain: "in.example.com",
    gatewayUrl: "http://127.0.0.1:1",
  };
  const stopOwn = await startSmtpListener({ ...settings, connectionMs: 50 });
  const socket = connect(own, "127.0.0.1");
  // Answers each reply with another command, so that it is never idle.
  socket.on("data", () => socket.write("NOOP\r\n"));
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("close", resolve));
  await stopOwn();
});

test("clients that hang up or send invalid commands are handled", async () => {
  for (const text of ["", "GET / HTTP/1.1\r\n\r\n", "EHLO x\r\nMAIL FROM:<>\r\n"]) {
    const socket = connect(port, "127.0.0.1");
    await new Promise((resolve) => socket.once("data", resolve));
    socket.write(text);
    socket.destroy();
  }
  await send({});
  expect(posted).toHaveLength(1);
});
