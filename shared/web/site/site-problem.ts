import type { Problem } from "../../http/problem.ts";
import { type AssetUrls, frame } from "./frame.tsx";
import { siteResponse } from "./html.ts";
import { ProblemView } from "./problem-view.tsx";
import { anonymous } from "./viewer.ts";

/** Renders a problem as a page of the site. @param assets undefined to render without styles */
export function siteProblem(problem: Problem, assets: AssetUrls | undefined, now: number): Response {
  const { title, status } = problem;
  const content = ProblemView({ problem });
  return siteResponse(frame({ title, content, assets, viewer: anonymous, now }), status);
}
