import { siteResponse } from "../http/html.ts";
import type { Problem } from "../http/problem.ts";
import { nobody } from "../http/visitor.ts";
import { type AssetUrls, frame } from "../pages/frame.tsx";
import { ProblemView } from "../pages/problem-view.tsx";
import { clock } from "./system.ts";

/** A problem as people see it: a page of the site, with the ways on. @param assets undefined: without a style */
export function siteProblem(problem: Problem, assets: AssetUrls | undefined): Response {
  const { title, status } = problem;
  const content = ProblemView({ problem });
  return siteResponse(frame({ title, content, assets, visitor: nobody, now: clock() }), status);
}
