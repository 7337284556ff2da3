/** Raw requests that a web page can send to an open platform on the user's machine. */
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { beforeAll, describe, expect, test } from "vitest";
import { unique } from "../support/builders.ts";
import { waitFor } from "../support/platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../support/platform/shared-platform.ts";
import { userOf } from "./platform-user.ts";

let platform: SharedPlatform;
let own: string;
beforeAll(async () => {
  platform = await sharedPlatform();
  own = new URL(platform.url).host;
});

const gatewayPort = () => Number(new URL(platform.url).port);
const lambdaPort = () => gatewayPort() + 1;
const sqsPort = () => gatewayPort() + 3;

interface Answer {
  readonly status: number;
  /** As it came. */
  readonly text: string;
}

/** @param port of the gateway, unless given */
async function send(
  line: string,
  headers: Readonly<Record<string, string>>,
  body = "",
  port = gatewayPort(),
): Promise<Answer> {
  const socket = connect(port, "127.0.0.1");
  const all = { ...headers, "Content-Length": `${Buffer.byteLength(body)}`, Connection: "close" };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.write([`${line} HTTP/1.1`, ...head, "", body].join("\r\n"));
  const answer = await text(socket);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]), text: answer };
}

const service = unique("shop-");
const alert = (dedup_key: string) =>
  JSON.stringify({ service, severity: "low", message: "From afar", dedup_key });
const evil = "http://evil.example.com";

describe("a name that was rebound to this machine reads nothing", () => {
  test.each([
    "evil.example.com",
    "evil.example.com:8080",
    "localhost.evil.example.com",
    "127.0.0.1.nip.io",
    "0.0.0.0",
  ])("%s", async (host) => {
    for (const path of ["/api/v1/incidents", "/", "/health", "/openapi.json", "/nothing"]) {
      const { status, text } = await send(`GET ${path}`, { Host: host });
      expect(status, path).toBe(403);
      expect(text).not.toContain('"incidents"');
    }
  });

  test("and writes nothing", async () => {
    expect((await send("POST /api/v1/alerts", { Host: "evil.example.com" }, alert("rebound"))).status).toBe(
      403,
    );
  });
});

describe("a page of another origin cannot send what a browser would let it send", () => {
  test.each([
    ["a form", { Origin: evil, "Content-Type": "application/x-www-form-urlencoded" }],
    ["JSON that calls itself text", { Origin: evil, "Content-Type": "text/plain" }],
    ["a form of many parts", { Origin: evil, "Content-Type": "multipart/form-data; boundary=x" }],
    ["a page from a file, or in a sandbox", { Origin: "null", "Content-Type": "text/plain" }],
    ["a page of another port of this machine", { Origin: "http://localhost:3000" }],
  ])("%s", async (name, headers) => {
    const answer = await send("POST /api/v1/alerts", { Host: own, ...headers }, alert(name));
    expect(answer.status).toBe(403);
    expect(answer.text.toLowerCase()).not.toContain("access-control-allow-origin");
  });

  test("no form of the UI either, whatever it says of itself", async () => {
    for (const Origin of [evil, "null"]) {
      const headers = { Host: own, Origin, "Content-Type": "application/x-www-form-urlencoded" };
      const { status } = await send("POST /incidents/respond", headers, "response=resolve&incidents=inc_1");
      expect(status).toBe(403);
    }
  });

  test("and none without an origin, for want of what only our pages have", async () => {
    const headers = { Host: own, "Content-Type": "application/x-www-form-urlencoded" };
    const { status } = await send("POST /incidents/respond", headers, "response=resolve&incidents=inc_1");
    expect(status).toBe(403);
  });

  test("asking first helps it nothing", async () => {
    const answer = await send("OPTIONS /api/v1/alerts", {
      Host: own,
      Origin: evil,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "content-type",
    });
    expect(answer.text.toLowerCase()).not.toContain("access-control-");
  });
});

describe("the emulators are for tools alone", () => {
  const forms = { "Content-Type": "text/plain" };

  test("no page invokes a function past the gateway", async () => {
    const line = "POST /2015-03-31/functions/incident-platform-local-fn-receiveAlerts/invocations";
    const event = JSON.stringify({
      version: "2.0",
      rawPath: "/api/v1/alerts",
      rawQueryString: "",
      headers: { host: "localhost" },
      body: alert("invoked"),
      isBase64Encoded: false,
      requestContext: {
        http: { method: "POST", path: "/api/v1/alerts" },
        domainName: "x",
        stage: "$default",
      },
    });
    const ask = (headers: object) => send(line, { ...forms, ...headers }, event, lambdaPort());
    for (const headers of [
      { Host: `localhost:${lambdaPort()}`, Origin: evil },
      { Host: "evil.example.com" },
    ]) {
      const { status, text } = await ask(headers);
      expect(status).toBe(404);
      expect(text.toLowerCase()).not.toContain("access-control-allow");
    }
    expect((await ask({ Host: `localhost:${lambdaPort()}` })).text).toContain('"statusCode":202');
  });

  test("no page sends a message past the platform", async () => {
    const form = new URLSearchParams({
      Action: "SendMessage",
      Version: "2012-11-05",
      QueueUrl: `http://127.0.0.1:${sqsPort()}/000000000000/incident-platform-local-notifications`,
      MessageBody: "from afar",
    });
    const { status } = await send(
      "POST /",
      { Host: `localhost:${sqsPort()}`, Origin: evil, "Content-Type": "application/x-www-form-urlencoded" },
      form.toString(),
      sqsPort(),
    );
    expect(status).toBe(404);
    const target = {
      Origin: evil,
      "X-Amz-Target": "AmazonSQS.ListQueues",
      "Content-Type": "application/x-amz-json-1.0",
    };
    const rebound = await send("POST /", { Host: "evil.example.com", ...target }, "{}", sqsPort());
    expect(rebound.text).not.toContain("QueueUrls");
    const { Origin: _, ...own } = target;
    const asked = await send("POST /", { Host: `localhost:${sqsPort()}`, ...own }, "{}", sqsPort());
    expect(asked.text).toContain("QueueUrls");
  });
});

test("this machine's own tools and pages get through, and what was refused left nothing", async () => {
  expect((await send("POST /api/v1/alerts", { Host: own }, alert("own tool"))).status).toBe(202);
  const fromOwnPage = { Host: own, Origin: platform.url, "Content-Type": "text/plain" };
  expect((await send("POST /api/v1/alerts", fromOwnPage, alert("own page"))).status).toBe(202);
  const ofShop = () => userOf(platform).alerts({ service });
  await waitFor(async () => (await ofShop()).length === 3);
  expect((await ofShop()).map(({ dedup_key }) => dedup_key).toSorted()).toEqual([
    "invoked",
    "own page",
    "own tool",
  ]);
});
