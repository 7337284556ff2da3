import { describe, expect, test } from "vitest";
import { isTransientFault } from "./transient-fault.ts";

const systemError = (code: string) => Object.assign(new Error(code), { code });
const serviceError = (name: string) =>
  Object.assign(new Error(name), { name, $fault: "client", $metadata: {} });

describe("an error of the operating system", () => {
  test.each([
    "ECONNREFUSED",
    "ECONNRESET",
    "ECONNABORTED",
    "ETIMEDOUT",
    "EPIPE",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "ENETDOWN",
    "EMFILE",
    "ENFILE",
    "ENOSPC",
    "EDQUOT",
  ])("is temporary if it is %s", (code) => {
    expect(isTransientFault(systemError(code))).toBe(true);
  });

  test.each(["ENOENT", "EACCES", "EPERM", "EINVAL", "EEXIST", "EISDIR", "EAUTH", "ERR_INVALID_ARG_TYPE"])(
    "stays until someone acts when it is %s",
    (code) => expect(isTransientFault(systemError(code))).toBe(false),
  );
});

describe("an error of a service", () => {
  test.each(["ThrottlingException", "TransactionInProgressException", "ResourceNotFoundException"])(
    "is temporary if it is a %s",
    (name) => expect(isTransientFault(serviceError(name))).toBe(true),
  );

  test.each(["ValidationException", "AccessDeniedException"])("stays when it is a %s", (name) => {
    expect(isTransientFault(serviceError(name))).toBe(false);
  });
});
