import type { Driver } from "./driver.ts";
import { service } from "./names.ts";

const alert = (dedup_key: string, fields: object = {}) => ({
  service,
  severity: "high",
  message: "down",
  dedup_key,
  ...fields,
});

/** Suppresses alerts by a silence and by a worse incident, until neither hides them any longer. */
export async function driveRules({ send, ask, pump, sweep, wait }: Driver): Promise<void> {
  const receive = async (body: object) => {
    await send("receive-alerts", { body });
    await pump();
  };
  await send("put-routing-rules");
  await send("get-routing-rules");
  await send("preview-routing-rules");
  await send("simulate");
  const matchers = [{ field: "labels.env", op: "=", value: "test" }];
  const silence = await ask("create-silence", {
    body: { comment: "tests", matchers, duration_seconds: 3_600 },
  });
  const params = { id: silence.id ?? "" };
  await send("list-silences");
  await send("get-silence", { params });
  await send("preview-silence");
  await send("update-silence", { params });
  await send("update-silence", { params: { id: "sil_unknown" }, status: 404 });
  wait(2);
  await receive(alert("silenced", { labels: { env: "test" } }));
  await send("end-silence", { params });
  await send("update-silence", { params, status: 409 });
  await send("get-silence", { params: { id: "sil_unknown" }, status: 404 });
  await send("end-silence", { params: { id: "sil_unknown" }, status: 404 });
  wait(2);
  await sweep("sweep-alerts");
  await pump();

  const hidden = { severity: "low", labels: { env: "test" } };
  await send("put-routing-rules", {
    body: { rules: [{ name: "hide", matchers, inhibited_by: "critical" }] },
  });
  wait(2);
  await send("simulate", { body: { service, message: "down", ...hidden } });
  await receive(alert("not hidden", hidden));
  await receive(alert("cause", { severity: "critical" }));
  await receive(alert("hidden", hidden));
  await receive(alert("cause", { severity: "critical", action: "resolve" }));
  wait(1_000);
  await sweep("sweep-alerts");
  await pump();
  await send("put-routing-rules", { body: { rules: [] } });
  wait(2);
}

/** Lets pings of a heartbeat monitor stop and return. */
export async function driveHeartbeats({ send, ask, pump, sweep, wait }: Driver): Promise<void> {
  const heartbeat = await ask("create-heartbeat");
  const params = { id: heartbeat.id ?? "" };
  const key = { key: heartbeat.key ?? "" };
  const stop = async () => {
    for (let minute = 0; minute < 5; minute += 1) {
      wait(60);
      await sweep("sweep-alerts");
    }
    await pump();
  };
  await send("list-heartbeats");
  await send("get-heartbeat", { params });
  await send("update-heartbeat", { params });
  await send("receive-beat", { params: key });
  for (const ping of ["receive-beat-by-get", "receive-beat"]) {
    await stop();
    await send(ping, { params: key });
  }
  await stop();
  await send("rotate-heartbeat", { params });
  await send("delete-heartbeat", { params });
}
