import { expect, test } from "vitest";
import { aRecordedAlert } from "../../../../tests/support/builders.ts";
import { omittedText, receivedLike, similarTo } from "./similar-alerts.ts";

const labelled = (count: number) => ({
  service: "shop",
  labels: Object.fromEntries(Array.from({ length: count }, (_, index) => [`label_${index}`, index])),
});

test("alerts are similar if their service and labels are equal", () => {
  const similar = similarTo({ service: "shop", labels: { host: "db1", up: false } });
  expect(similar.matchers).toEqual([
    { field: "service", op: "=", value: "shop" },
    { field: "labels.host", op: "=", value: "db1" },
    { field: "labels.up", op: "=", value: "false" },
  ]);
  expect(omittedText(similar)).toBeUndefined();
});

test("labels beyond the maximum of matchers are left out, and it is said how many", () => {
  const similar = similarTo(labelled(64));
  expect(similar.matchers).toHaveLength(20);
  expect(omittedText(similar)).toContain(
    "has 64 labels. The matchers use the service and the first 19 labels",
  );
  expect(omittedText(similarTo(labelled(19)))).toBeUndefined();
});

test("routing rules see an alert as it was received", () => {
  const route = { rules: ["moves"], received: { service: "old" } };
  const [service] = receivedLike(aRecordedAlert({ service: "new", route })).matchers;
  expect(service?.value).toBe("old");
});
