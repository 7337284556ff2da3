import { expect, test } from "vitest";
import { editorFields, fieldsOf } from "./field-state.ts";

test("keeps submitted values and errors of a rejected form at its fields alone", () => {
  const rejected = {
    action: "save-service",
    values: { service: ["checkout"], team: [""] },
    faults: [{ path: "team", message: "is required" }],
  } as const;
  const field = fieldsOf("save-service", rejected);
  expect(field("service")).toEqual({
    id: "save-service-service",
    name: "service",
    sent: "checkout",
    fault: undefined,
  });
  expect(field("team")).toMatchObject({ sent: "", fault: "is required" });
  expect(field("auto_resolve").sent).toBeUndefined();
  expect(fieldsOf("save-user", rejected)("team")).toMatchObject({ sent: undefined, fault: undefined });
});

test("joins the errors of a path in an editor and focuses one element", () => {
  const faults = [
    { path: "members", message: "needs a primary" },
    { path: "members", message: "has a duplicate" },
    { path: "members.0.email", message: "is required" },
  ];
  const field = editorFields({ faults, focus: "members.0.email" });
  expect(field("members")).toEqual({
    id: "members",
    name: "members",
    fault: "needs a primary; has a duplicate",
    focused: false,
  });
  expect(field("members.0.email")).toMatchObject({ fault: "is required", focused: true });
});
