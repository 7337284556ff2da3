import { expect, test } from "vitest";
import { mergeIncidentContract } from "./merge-incident.ts";

const body = mergeIncidentContract.body;

test.each([10, "10", 0, -1, "inc_01M83XJ8800000000000000001"])("the target can be %j", (into) => {
  expect(body.parse({ into })).toMatchObject({ into: `${into}` });
});

test.each([1.5, true, null, undefined])("a target of %j is explained", (into) => {
  const { error } = body.safeParse({ into });
  expect(error?.issues).toEqual([
    expect.objectContaining({ path: ["into"], message: "must be the ID or the number of an incident" }),
  ]);
});
