import { describe, expect, test } from "vitest";
import { ada, minutes } from "../../../../tests/support/builders.ts";
import {
  now,
  simulatedPage,
  simulation,
  textOf,
} from "../../../../tests/support/functions/page-examples.tsx";
import { SimulateView } from "./view.tsx";

describe("a simulation", () => {
  test("is one of the tabs about being on call", () => {
    expect(String(<SimulateView {...simulation} />)).toMatch(
      /<a href="\/on-call\/simulate" aria-current="page">Escalation simulation/,
    );
  });

  test("shows the steps with their delays", () => {
    const [step] = simulation.result.steps;
    const steps = [
      { ...step, pages: [{ ...simulatedPage, ...ada, address: ada.email, why: "primary by layer days" }] },
      {
        ...step,
        level: 2,
        at: new Date(now + minutes(5)).toISOString(),
        pages: [{ ...step.pages[0], name: "Bob" }],
      },
    ];
    const view = <SimulateView {...simulation} result={{ ...simulation.result, steps, fallback: null }} />;
    expect(textOf(view)).toMatch(
      /Immediately, Mon 23 Nov 11:12 · level 1 Ada by email primary by layer days .*After 5m, Mon 23 Nov 11:17 · level 2 Bob/,
    );
  });
});
