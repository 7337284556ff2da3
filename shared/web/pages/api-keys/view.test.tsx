import { describe, expect, test } from "vitest";
import { anApiKey, days, monday } from "../../../../tests/support/builders.ts";
import { textOf, viewerWithKey as viewer } from "../../../../tests/support/functions/page-examples.tsx";
import type { Viewing } from "../../site/viewer.ts";
import { ApiKeysView } from "./view.tsx";

const viewing: Viewing = { viewer, here: "/settings", now: monday };
const list = { first: true, next: null };

describe("the page of API keys", () => {
  const page = (fields: object, secret: string | null = null) => (
    <ApiKeysView
      {...viewing}
      {...list}
      keys={[{ apiKey: anApiKey({ createdAt: monday, ...fields }), lastUsedAt: null }]}
      secret={secret}
    />
  );

  test.each([
    [{ revokedAt: monday - days(2) }, "revoked 2 days ago"],
    [{ validUntil: monday - days(2) }, "expired 2 days ago"],
  ])("has nothing more to do with one that is over", (fields, words) => {
    expect(textOf(page(fields))).toContain(words);
    expect(String(page(fields))).not.toContain('value="rotate"');
  });

  test("warns of one that is soon over", () => {
    expect(String(page({ validUntil: monday + days(2) }))).toContain('class="alarm"');
    expect(String(page({ validUntil: monday + days(60) }))).not.toContain('class="alarm"');
  });

  test("shows a key only when it is handed one", () => {
    expect(String(page({}, "ipk_new"))).toContain("ipk_new");
    expect(String(page({}))).not.toContain('id="show-once"');
  });
});
