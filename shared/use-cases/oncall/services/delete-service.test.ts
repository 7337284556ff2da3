import { expect, test } from "vitest";
import { aService, monday, permitted } from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { NotFound } from "../../../domain/errors.ts";
import { scheduleStore } from "../../../storage/oncall/schedule-store.ts";
import { serviceStore } from "../../../storage/oncall/service-store.ts";
import { deleteService } from "./delete-service.ts";
import { findService } from "./find-service.ts";
import { putService } from "./put-service.ts";

test("a deleted service is found no more, unless it is put again", async () => {
  const table = memoryTable(() => monday);
  const deps = { services: serviceStore(table), schedules: scheduleStore(table), authorize: permitted };
  await deps.services.put(aService());
  expect(await deleteService(deps, "checkout")).toEqual(aService());
  await expect(findService(deps, "checkout")).rejects.toThrow(NotFound);
  await expect(deleteService(deps, "checkout")).rejects.toThrow(NotFound);
  await putService(deps, "checkout", () => aService({ team: "search" }), monday);
  expect(await findService(deps, "checkout")).toMatchObject({ team: "search" });
});
