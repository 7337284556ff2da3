import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, describe, expect, test } from "vitest";
import { addressFilter, ForbiddenAddress } from "./address-filter.ts";

const realLookup = dns.lookup;
afterEach(() => setLookup(realLookup));

function setLookup(lookup: unknown): void {
  Object.assign(dns, { lookup });
  syncBuiltinESMExports();
}

const publicOnly = { allowedNetworks: [], allowPublic: true, allowPrivate: false };
const isAllowed = (rules: Parameters<typeof addressFilter>[0], host: string) => {
  try {
    addressFilter(rules).checkHost(host);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ForbiddenAddress);
    return false;
  }
};

test.each(["8.8.8.8", "[2606:4700::1111]", "example.com"])("%s is public", (host) => {
  expect(isAllowed(publicOnly, host)).toBe(true);
});

test.each([
  "10.0.0.1",
  "100.64.0.1",
  "169.254.169.254",
  "0.0.0.0",
  "[::]",
  "[::1]",
  "[::7f00:1]",
  "[::ffff:10.0.0.1]",
  "[::ffff:127.0.0.1]",
  "[::ffff:0:7f00:1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::1]",
  "[2002:a00:1::]",
  "[2001:db8::1]",
  "[4000::1]",
  "[8000::1]",
  "[fe00::1]",
  "[fe80::1]",
])("%s is not", (host) => {
  expect(isAllowed(publicOnly, host)).toBe(false);
});

test.each(["0.0.0.0", "[::]"])("%s is no address to call even where private ones are", (host) => {
  expect(isAllowed({ ...publicOnly, allowPrivate: true }, host)).toBe(false);
});

describe.each([
  ["10.0.0.0/8", ["10.1.2.3", "[::ffff:10.1.2.3]"], ["11.0.0.1", "[::1]", "[fd00::1]"]],
  ["10.0.0.1", ["10.0.0.1"], ["10.0.0.2", "[fd00::1]"]],
  ["fd00::/8", ["[fd12::1]"], ["10.0.0.1", "[fe80::1]"]],
  ["fd00::1", ["[fd00::1]"], ["[fd00::2]", "10.0.0.1"]],
])("the allowed network %s", (network, inside, outside) => {
  const rules = { allowedNetworks: [network], allowPublic: false, allowPrivate: false };

  test.each(inside)("has %s in it", (host) => expect(isAllowed(rules, host)).toBe(true));

  test.each([...outside, "8.8.8.8", "[2606:4700::1111]"])("does not contain %s", (host) =>
    expect(isAllowed(rules, host)).toBe(false),
  );
});

describe("a name", () => {
  const lookUp = (all: boolean, ...addresses: string[]) => {
    setLookup((_: string, __: object, done: (...found: unknown[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      ),
    );
    const { promise, resolve } = Promise.withResolvers<unknown[]>();
    const filter = addressFilter({ ...publicOnly, allowedNetworks: ["10.0.0.0/8"] });
    filter.lookup("any.example", { all }, (...found) => resolve(found));
    return promise;
  };

  test("leads to its addresses, of both kinds", async () => {
    expect(await lookUp(true, "2606:4700::1111", "8.8.8.8", "10.0.0.1")).toEqual([
      null,
      [
        { address: "2606:4700::1111", family: 6 },
        { address: "8.8.8.8", family: 4 },
        { address: "10.0.0.1", family: 4 },
      ],
    ]);
    expect(await lookUp(false, "8.8.8.8")).toEqual([null, "8.8.8.8", 4]);
  });

  test.each([["127.0.0.1"], ["8.8.8.8", "192.168.0.1"], ["8.8.8.8", "::1"]])(
    "is refused with %s among its addresses",
    async (...addresses) => {
      for (const all of [true, false]) {
        const [error] = await lookUp(all, ...addresses);
        expect(error).toBeInstanceOf(ForbiddenAddress);
      }
    },
  );
});
