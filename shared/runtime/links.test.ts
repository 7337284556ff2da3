import { afterEach, describe, expect, test, vi } from "vitest";
import { anIncident, monday, seconds } from "../../tests/support/builders.ts";
import { limits } from "../domain/limits.ts";

const secret = "a secret of thirty-two characters";
const older = "an older secret of as many letters";

/** Links of a function that starts in this environment. */
async function linksIn(environment: Record<string, string>): Promise<typeof import("./links.ts")> {
  vi.resetModules();
  for (const name of ["STAGE", "PUBLIC_URL", "HTTP_PORT", "SIGNING_SECRET"]) {
    vi.stubEnv(name, environment[name]);
  }
  return import("./links.ts");
}
const makerIn = async (environment: Record<string, string>) => (await linksIn(environment)).links();
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("links in messages", () => {
  test("use PUBLIC_URL, or this machine on stage local", async () => {
    const viewOf = async (environment: Record<string, string>) =>
      (await makerIn({ SIGNING_SECRET: secret, ...environment }))(anIncident(), "ada", monday)?.view;
    const PUBLIC_URL = "https://oncall.example.com/base/";
    expect(await viewOf({ STAGE: "prod", PUBLIC_URL })).toMatch(
      /^https:\/\/oncall\.example\.com\/base\/links\/v/,
    );
    expect(await viewOf({ HTTP_PORT: "9090" })).toMatch(/^http:\/\/localhost:9090\/links\/v/);
    expect(await viewOf({ STAGE: "prod" })).toBeUndefined();
    expect(await viewOf({ SIGNING_SECRET: "" })).toBeUndefined();
  });

  test("are those that an incident in its state has a use for", async () => {
    const makeLinks = await makerIn({ SIGNING_SECRET: secret });
    const offered = (status: "open" | "acknowledged" | "resolved") =>
      Object.entries(makeLinks(anIncident({ status }), "ada", monday) ?? {})
        .filter(([, url]) => url !== null)
        .map(([name]) => name);
    expect(offered("open")).toEqual(["view", "acknowledge", "resolve"]);
    expect(offered("acknowledged")).toEqual(["view", "resolve"]);
    expect(offered("resolved")).toEqual(["view"]);
  });

  test("are signed with the first secret, and opened with any", async () => {
    const incident = anIncident();
    const tokenOf = (url: string | null | undefined) => url?.split("/links/")[1] ?? "";
    const before = await linksIn({ SIGNING_SECRET: older });
    const token = tokenOf((await before.links())(incident, "ada", monday)?.acknowledge);
    const both = await linksIn({ SIGNING_SECRET: `${secret}, ${older}` });
    const opened = { incidentId: incident.id, action: "acknowledge", actor: "ada" };
    expect(await both.openLink(token, monday)).toEqual(opened);
    const fresh = tokenOf((await both.links())(incident, "ada", monday)?.acknowledge);
    const after = await linksIn({ SIGNING_SECRET: secret });
    expect(await after.openLink(fresh, monday)).toEqual(opened);
    await expect(after.openLink(token, monday)).rejects.toMatchObject({ code: "not_found" });
    const over = monday + seconds(limits.linkSeconds);
    await expect(after.openLink(fresh, over)).rejects.toMatchObject({ code: "link_expired" });
  });

  test("that cannot be signed are left out", async () => {
    const { openLink } = await linksIn({ SIGNING_SECRET: "" });
    await expect(openLink("v", monday)).rejects.toMatchObject({ code: "not_found" });
  });

  test.each([`${secret},short-one`, `${secret},ssm:/a/path/of/more/than/thirty-two/characters`])(
    "are left out when the secret is %s, which is logged without it",
    async (SIGNING_SECRET) => {
      const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
      const makeLinks = await makerIn({ SIGNING_SECRET });
      expect(makeLinks(anIncident(), "ada", monday)).toBeNull();
      const logged = write.mock.calls.join();
      expect(logged).toMatch(/messages go without links.*SIGNING_SECRET/);
      expect(logged).not.toMatch(/short-one|a secret of|more.than/);
    },
  );
});
