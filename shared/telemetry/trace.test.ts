import { describe, expect, test } from "vitest";
import { traceIdOf, traceparentOf } from "./trace.ts";

const id = "4bf92f3577b34da6a3ce929d0e0e4736";

describe("a trace", () => {
  test("continues a W3C header, with its own parent", () => {
    const next = traceparentOf({ traceparent: `00-${id}-00f067aa0ba902b7-01` });
    expect(next).toMatch(new RegExp(`^00-${id}-[0-9a-f]{16}-01$`));
    expect(next).not.toContain("00f067aa0ba902b7");
    expect(traceIdOf(next)).toBe(id);
  });

  test("continues an X-Ray header, whose ID is the same in two parts", () => {
    const header = "Self=1-x;Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=00f067aa0ba902b7;Sampled=1";
    expect(traceIdOf(traceparentOf({ xray: header }))).toBe(id);
  });

  test.each(["", "00-zz", `00-${"0".repeat(32)}-00f067aa0ba902b7-01`, `01-${id}-x`, "<script>"])(
    "starts again if the header is %j",
    (traceparent) => {
      const [one, other] = [traceparentOf({ traceparent }), traceparentOf({})];
      expect(one).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(traceIdOf(one)).not.toBe(traceIdOf(other));
    },
  );
});
