import { expect, test } from "vitest";
import { aService } from "../../../tests/support/builders.ts";
import { serviceEntity } from "./service-store.ts";

test("a service of version 1 has the defaults of the settings that it lacks", () => {
  const service = aService({ autoResolveSeconds: 60 });
  const {
    acknowledgementTimeoutSeconds: _,
    runbookUrl: __,
    links: ___,
    description: ____,
    urgency: _____,
    ...first
  } = serviceEntity.toItem(service);
  expect(serviceEntity.parse({ ...first, pk: first.pk, sk: first.sk, schemaVersion: 1 })).toEqual(service);
});
