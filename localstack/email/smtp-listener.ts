/** Receives email over SMTP, and forwards it to the platform. It relays nothing. */
import { once } from "node:events";
import type { Socket } from "node:net";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";
import { limits } from "../../shared/domain/limits.ts";
import { forwardEmail, type PostEmail, pathOfAddress, readBytes } from "../../shared/email/forward-email.ts";

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** Domain of its addresses. */
  readonly domain: string;
  /** URL of the gateway, without a trailing slash. */
  readonly gatewayUrl: string;
  /** Longest life of a connection, also of an active one. */
  readonly connectionMs?: number;
}

/** Largest accepted message. Only its start is kept in memory. */
export const messageBytes = 10 * 1024 * 1024;
const connections = 20;
const idleMs = 30_000;
/** Time for one message, from the start of its data to the answer. */
const messageMs = 60_000;
/** Enough for several messages. Clients that send a line now and then must not hold all connections. */
const longestConnectionMs = 5 * 60_000;

/** Answers: the enhanced status of RFC 3463 and a text. */
const answers = {
  noAddress: [550, "5.1.1 This platform has no such address"],
  tooMany: [452, `4.5.3 At most ${limits.emailRecipients} recipients per message`],
  tooLarge: [552, `5.3.4 The message is larger than ${messageBytes} bytes`],
  refused: [554, "5.6.0 The message or its address was refused"],
  retry: [451, "4.3.0 Try again later"],
} as const;

/** @returns a function that stops it */
export async function startSmtpListener({
  host,
  port,
  domain,
  gatewayUrl,
  connectionMs = longestConnectionMs,
}: SmtpSettings): Promise<() => Promise<void>> {
  const server = new SMTPServer({
    name: domain,
    banner: "ESMTP",
    // It has no accounts. Mail servers in front of it bring encryption.
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    size: messageBytes,
    maxClients: connections,
    socketTimeout: idleMs,
    closeTimeout: 1_000,
    logger: false,
    onRcptTo({ address }, session, done) {
      if (session.envelope.rcptTo.length >= limits.emailRecipients) return done(failure("tooMany"));
      done(pathOfAddress(address, domain) === undefined ? failure("noAddress") : null);
    },
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const sender = mailFrom === false ? "" : mailFrom.address;
      const recipients = rcptTo.map(({ address }) => address);
      const deadline = setTimeout(() => stream.destroy(new Error("too slow")), messageMs);
      receive(stream)
        .then(async (raw) => {
          if (stream.sizeExceeded) return done(failure("tooLarge"));
          const result = await forwardEmail({ sender, recipients, raw }, domain, poster(gatewayUrl));
          done(result === "accepted" ? null : failure(result === "retry" ? "retry" : "refused"));
        })
        .catch(() => done(failure("retry")))
        .finally(() => clearTimeout(deadline));
    },
  });
  // Clients that hang up are no fault.
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    const end = setTimeout(() => socket.destroy(), connectionMs);
    socket.once("close", () => clearTimeout(end));
  });
  const listening = once(server.server, "listening");
  server.listen(port, host);
  await listening;
  return () => new Promise((resolve) => server.close(resolve));
}

function failure(answer: keyof typeof answers): Error {
  const [responseCode, text] = answers[answer];
  return Object.assign(new Error(text), { responseCode });
}

/** Reads a message to its end, and keeps its start. */
async function receive(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let kept = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (kept < readBytes) chunks.push(chunk.subarray(0, readBytes - kept));
    kept = Math.min(readBytes, kept + chunk.length);
  }
  return Buffer.concat(chunks);
}

/** The gateway answers within its own timeout, which is shorter. */
function poster(gatewayUrl: string): PostEmail {
  return (path, email) =>
    fetch(gatewayUrl + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(email),
      redirect: "error",
      signal: AbortSignal.timeout(messageMs),
    });
}
