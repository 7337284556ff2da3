/** A push service that decrypts what it gets and checks its signature, as web-push-testing does. */
import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { PushApiModel } from "web-push-testing/src/PushApiModel.js";

export interface PushService {
  /** Subscribes a browser. @returns what `PushSubscription.toJSON()` returns */
  subscribe(applicationServerKey: string): Promise<Subscription>;
  /** Returns the texts of the messages to a browser, oldest first. */
  messagesTo(subscription: Subscription): readonly string[];
  /** Ends a subscription: further messages get a 410. */
  expire(subscription: Subscription): void;
  close(): void;
}

interface Subscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export async function startPushService(): Promise<PushService> {
  const model = new PushApiModel();
  const server = createServer(async (request, response) => {
    const { headers, url = "" } = request;
    const { authorization, ttl } = headers;
    const pushHeaders = { encoding: headers["content-encoding"], authorization, ttl: String(ttl) };
    try {
      await model.handleNotification(url.split("/").at(-1) ?? "", pushHeaders, await buffer(request));
      response.writeHead(201).end();
    } catch (error) {
      const isExpired = error instanceof Error && error.name === "SubscriptionExpiredError";
      response.writeHead(isExpired ? 410 : 400).end(String(error));
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("It has a port");
  model.notifyUrl = `http://127.0.0.1:${address.port}/notify/`;
  const hashOf = ({ endpoint }: Subscription) => endpoint.split("/").at(-1) ?? "";
  return {
    async subscribe(applicationServerKey) {
      const { endpoint, keys } = await model.subscribe({ applicationServerKey, userVisibleOnly: "true" });
      return { endpoint, keys };
    },
    messagesTo: (subscription) => model.messages[hashOf(subscription)] ?? [],
    expire: (subscription) => model.expireSubscription(hashOf(subscription)),
    close: () => void server.close(),
  };
}
