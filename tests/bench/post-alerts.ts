/** A client that posts single alerts and takes little CPU. */
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";

/** Posts an alert with a dedup key, and waits until it is accepted. */
export type Post = (dedupKey: string) => Promise<void>;

export function poster(platformUrl: string, connections: number): Post {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (dedupKey) =>
    new Promise((resolve, reject) => {
      const sent = request(
        `${platformUrl}/api/v1/alerts`,
        { agent, method: "POST", headers: { "content-type": "application/json" } },
        (response) => {
          text(response).then((body) => {
            if (response.statusCode === 202) resolve();
            else reject(new Error(`${response.statusCode}: ${body}`));
          }, reject);
        },
      );
      sent.on("error", reject);
      sent.end(
        JSON.stringify({
          service: "bench",
          severity: "high",
          message: "Latency above 500 ms",
          dedup_key: dedupKey,
        }),
      );
    });
}

/** Posts alerts as fast as they are accepted. */
export async function postAll(
  post: Post,
  connections: number,
  count: number,
  keyOf: (index: number) => string,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < count) {
        const index = next;
        next += 1;
        await post(keyOf(index));
      }
    }),
  );
}
