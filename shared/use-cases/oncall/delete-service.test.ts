import { expect, test } from "vitest";
import { aService, monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { NotFound } from "../../domain/errors.ts";
import { serviceStore } from "../../storage/oncall/service-store.ts";
import { deleteService } from "./delete-service.ts";
import { findService } from "./find-service.ts";
import { putService } from "./put-service.ts";

test("a deleted service is found no more, unless it is put again", async () => {
  const deps = { services: serviceStore(memoryTable(() => monday)) };
  await deps.services.put(aService());
  expect(await deleteService(deps, "checkout")).toEqual(aService());
  await expect(findService(deps, "checkout")).rejects.toThrow(NotFound);
  await expect(deleteService(deps, "checkout")).rejects.toThrow(NotFound);
  await putService(deps, "checkout", () => aService({ team: "search" }), monday);
  expect(await findService(deps, "checkout")).toMatchObject({ team: "search" });
});
