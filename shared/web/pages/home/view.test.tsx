import { describe, expect, test } from "vitest";
import { anIncident } from "../../../../tests/support/builders.ts";
import { contents, home, textOf } from "../../../../tests/support/functions/page-examples.tsx";
import { HomeView } from "./view.tsx";

const ok = { status: "ok" } as const;

describe("the home page", () => {
  const text = textOf(contents.home);
  test("says what is open, who is on call and until when", () => {
    for (const part of ["1 open , 1 acknowledged", "1h 58m"]) {
      expect(text).toContain(part);
    }
  });

  test("teaches the first alert where nothing has happened yet", () => {
    const none = { ...home.unresolved, open: 0, acknowledged: 0, latest: [], top: [] };
    const fresh = <HomeView {...home} host="localhost:8080" unresolved={none} />;
    expect(textOf(fresh)).toContain("curl localhost:8080/api/v1/alerts");
    expect(textOf(fresh)).toContain("All clear");
  });

  test("says of how many incidents the severities are, when there are more", () => {
    const many = { ...home.unresolved, open: 499 };
    const view = textOf(<HomeView {...home} unresolved={many} />);
    for (const part of [
      "499 open , 1 acknowledged",
      "View 498 more",
      "The latest 2 of 500 incidents",
      "10s old",
    ]) {
      expect(view).toContain(part);
    }
  });

  test("reports what is wrong with the platform, and nothing else", () => {
    for (const part of [
      "Not responding: sqs.",
      "4881 alerts waiting, for at least 3m",
      "1 notification in the dead-letter queue",
      "Email: no provider is configured",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("1 notification waiting");
    const setup = { user: true, integration: true, deliveredPage: true, simulatedChannels: [] };
    const healthy = { services: home.health.services, dependencies: { dynamodb: ok, sqs: ok } };
    const calm = textOf(<HomeView {...home} health={healthy} backlog={[]} setup={setup} />);
    for (const part of ["Not responding", "waiting", "dead-letter", "provider"])
      expect(calm).not.toContain(part);
  });

  test("lists the steps to a delivered page until all are done or the list is hidden", () => {
    expect(text).toContain("Setup 2 of 5");
    const setup = { user: true, integration: true, deliveredPage: true, simulatedChannels: [] };
    const [team] = home.teams;
    const policy = { rules: [], repeat: 1 };
    const complete = { ...home, setup, teams: [{ ...team, policy }] };
    expect(textOf(<HomeView {...complete} />)).not.toContain("Setup");
    expect(textOf(<HomeView {...home} hidesSetup />)).not.toContain("Setup");
  });

  test("shows the viewer's incidents, shifts and teams first", () => {
    const me = { name: "Ada", email: "ada@example.com" };
    const incident = anIncident({ number: 9, assignedTo: me });
    const viewer = { ...home.viewer, name: "ada@example.com" };
    const unresolved = { ...home.unresolved, top: [...home.unresolved.top, incident] };
    const own = textOf(<HomeView {...home} viewer={viewer} unresolved={unresolved} />);
    expect(own.indexOf("Assigned to me")).toBeLessThan(own.indexOf("#9"));
    expect(own.indexOf("#9")).toBeLessThan(own.indexOf("Needs attention"));
    expect(own).toContain("You are on call for");
    expect(own).toContain("Your next shift for");
  });
});
