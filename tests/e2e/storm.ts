/** A storm of alerts on a few keys from a monitoring that remembers which were accepted. */
import { expect } from "vitest";
import type { TestPlatform } from "../support/platform.ts";
import { waitFor } from "../support/platform.ts";
import { post, userOf } from "./platform-user.ts";

interface Shot {
  readonly number: number;
  readonly key: string;
}

export interface Storm {
  readonly shots: readonly Shot[];
  /** Numbers of alerts that got a 202. */
  readonly accepted: Set<number>;
  readonly refusals: Response[];
  /** Sends one. Even ones carry an Idempotency-Key, so they may be sent until they are accepted. */
  fire(shot: Shot): Promise<void>;
  /** Those of which nobody knows whether they arrived, and which may be sent again without harm. */
  repeatable(): Shot[];
}

export function stormOn({ url }: Pick<TestPlatform, "url">, count: number, keys: number): Storm {
  const shots = Array.from({ length: count }, (_, number) => ({ number, key: `key-${number % keys}` }));
  const accepted = new Set<number>();
  const refusals: Response[] = [];
  const tried = new Set<number>();
  return {
    shots,
    accepted,
    refusals,
    async fire({ number, key }) {
      tried.add(number);
      const alert = {
        service: "storm",
        severity: "critical",
        message: `Shot ${number}`,
        labels: { number },
        dedup_key: key,
      };
      const headers: Record<string, string> = isRepeatable(number)
        ? { "idempotency-key": `shot-${number}` }
        : {};
      const response = await post(`${url}/api/v1/alerts`, alert, headers).catch(() => undefined);
      if (response?.status === 202) accepted.add(number);
      else if (response) refusals.push(response);
    },
    repeatable: () =>
      shots.filter(({ number }) => !accepted.has(number) && (isRepeatable(number) || !tried.has(number))),
  };
}

function isRepeatable(number: number): boolean {
  return number % 2 === 0;
}

/** Every accepted alert once, one incident a key that counts them all, one page each. */
export async function expectNothingLost(platform: TestPlatform, { accepted, shots }: Storm): Promise<void> {
  const { alerts, incidents, notifications } = userOf(platform);
  const numbers = async () => (await alerts()).map(({ labels }) => Number(labels.number));
  await waitFor(async () => {
    const recorded = new Set(await numbers());
    return [...accepted].every((number) => recorded.has(number));
  }, 60_000);

  const recorded = await alerts();
  const times = Map.groupBy(recorded, ({ labels }) => Number(labels.number));
  expect([...times].filter(([, { length }]) => length !== 1).map(([number]) => number)).toEqual([]);

  const perKey = Map.groupBy(recorded, ({ dedup_key }) => dedup_key);
  const keys = new Set(shots.map(({ key }) => key));
  const opened = await incidents();
  expect(opened.map(({ dedup_key }) => dedup_key).toSorted()).toEqual([...keys].toSorted());
  const counts = Object.fromEntries(opened.map(({ dedup_key, alert_count }) => [dedup_key, alert_count]));
  expect(counts).toEqual(Object.fromEntries([...perKey].map(([key, { length }]) => [key, length])));
  expect(new Set(opened.map(({ status }) => status))).toEqual(new Set(["open"]));

  // A page whose delivery died is claimed for 30 s; an event that was not published waits for the sweep.
  await waitFor(async () => {
    const pages = await notifications();
    return pages.length >= keys.size && pages.every(({ status }) => status === "sent");
  }, 120_000);
  const pages = await notifications();
  expect(pages.map(({ incident_id }) => incident_id).toSorted()).toEqual(
    opened.map(({ id }) => id).toSorted(),
  );
}
