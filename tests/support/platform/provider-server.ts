/** Fake provider servers that record requests and return configured responses. */
import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface ReceivedRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** hangs: never responds; trickles: sends header bytes endlessly; resets: closes the connection. */
type Reaction = Answer | "hangs" | "trickles" | "resets";
export type Behaviour = Reaction | ((request: ReceivedRequest) => Reaction);

export interface ProviderServer {
  /** URL without a trailing slash. */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Number of accepted connections, with or without requests. */
  readonly connections: number;
  /** Sets the responses from now on. Default: 200 without a body. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function startProvider(): Promise<ProviderServer> {
  const requests: ReceivedRequest[] = [];
  let connections = 0;
  let behaviour: Behaviour = { status: 200 };
  const server = createServer(async (incoming, response) => {
    const request = await received(incoming);
    requests.push(request);
    respond(response, typeof behaviour === "function" ? behaviour(request) : behaviour);
  });
  server.on("connection", () => {
    connections += 1;
  });
  return {
    url: `http://127.0.0.1:${await listen(server)}`,
    requests,
    get connections() {
      return connections;
    },
    behave(next) {
      behaviour = next;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function received(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method = "", url = "", headers } = incoming;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString() };
}

function respond(response: ServerResponse, behaviour: Reaction): void {
  switch (behaviour) {
    case "hangs":
      return;
    case "resets":
      response.socket?.resetAndDestroy();
      return;
    case "trickles": {
      const { socket } = response;
      socket?.write("HTTP/1.1 200 OK\r\nx-slow: ");
      const timer = setInterval(() => socket?.write("."), 10);
      socket?.on("error", () => undefined).on("close", () => clearInterval(timer));
      return;
    }
    default:
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
  }
}

export interface SmtpReply {
  readonly code: number;
  readonly text: string;
}

/** Responses of a mail server per step. Default: success. */
export interface SmtpBehaviour {
  readonly onConnect?: SmtpReply | "hangs";
  readonly onLogin?: SmtpReply;
  readonly onRecipient?: SmtpReply;
  readonly onMessage?: SmtpReply;
}

export interface ReceivedMail {
  readonly recipients: readonly string[];
  /** Raw message as received. */
  readonly raw: string;
  readonly parsed: ParsedMail;
}

export interface MailServer {
  /** `smtp://user:password@host:port`, with the requested credentials. */
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  behave(behaviour: SmtpBehaviour): void;
  close(): Promise<void>;
}

export async function startMailServer(credentials?: {
  readonly user: string;
  readonly password: string;
}): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  let behaviour: SmtpBehaviour = {};
  const failure = (reply: SmtpReply | undefined) =>
    reply && Object.assign(new Error(reply.text), { responseCode: reply.code });
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: !credentials,
    allowInsecureAuth: true,
    closeTimeout: 1,
    onConnect(_, done) {
      if (behaviour.onConnect !== "hangs") done(failure(behaviour.onConnect));
    },
    onAuth({ username, password }, _, done) {
      const isRight = username === credentials?.user && password === credentials?.password;
      const refused = behaviour.onLogin ?? (isRight ? undefined : { code: 535, text: "Wrong credentials" });
      if (refused) done(failure(refused));
      else done(null, { user: username ?? "" });
    },
    onRcptTo(_, __, done) {
      done(failure(behaviour.onRecipient));
    },
    async onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
      const raw = Buffer.concat(chunks).toString();
      const refused = failure(behaviour.onMessage);
      if (refused) return done(refused);
      mails.push({
        recipients: envelope.rcptTo.map(({ address }) => address),
        raw,
        parsed: await simpleParser(raw),
      });
      done();
    },
  });
  server.on("error", () => undefined);
  const port = await listen(server.server as Server);
  const { user = "", password = "" } = credentials ?? {};
  const login = credentials ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : "";
  return {
    url: `smtp://${login}127.0.0.1:${port}`,
    mails,
    behave(next) {
      behaviour = next;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A local address that refuses connections: nobody gets its port by asking for a free one. `fetch` blocks port 1. */
export const deadEnd = "127.0.0.1:2";

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
