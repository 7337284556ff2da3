import { describe, expect, test } from "vitest";
import { aRecordedAlert, monday } from "../../../../tests/support/builders.ts";
import { alertList, open, textOf, viewing } from "../../../../tests/support/functions/page-examples.tsx";
import { AlertView } from "../alert/view.tsx";
import { AlertsView } from "./view.tsx";

describe("alerts", () => {
  const said = (message: string, fields: object = {}) =>
    aRecordedAlert({ message, incidentId: "inc_1", ...fields });
  const view = (props: object) => <AlertsView {...alertList} filter={{}} alerts={[]} {...props} />;

  test("that say the same one after another are one line, which keeps a way to each", () => {
    const storm = [said("down"), said("down"), said("slow"), said("down"), said("down", { severity: "low" })];
    const html = String(view({ alerts: storm }));
    expect(html.match(/data-row/g)).toHaveLength(4);
    expect(textOf(html)).toContain("and 1 identical alert before it");
    for (const { id } of storm) expect(html).toContain(`href="/alerts/${id}"`);
  });

  test("that were searched for show how far back, and the end of the list", () => {
    expect(textOf(view({ searchedTo: monday }))).toContain("back to 2026-11-23 10:00 UTC");
    expect(textOf(view({ filter: { text: "x" }, searchedTo: null, next: null, first: true }))).toContain(
      "No alerts match these filters.",
    );
  });

  test("show their outcome, and the reason for none", () => {
    const words = (fields: object) =>
      textOf(
        <AlertView {...viewing} alert={aRecordedAlert(fields)} incident={open} owner="cart" resource={{}} />,
      );
    expect(words({ outcome: "existing_incident" })).toContain("Added to an open incident: #1");
    expect(words({ outcome: "dropped", action: "resolve", incidentId: null })).toContain(
      "There was no open incident to resolve",
    );
  });
});
