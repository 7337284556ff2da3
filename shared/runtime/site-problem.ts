import type { Problem } from "../http/problem.ts";
import { type AssetUrls, frame } from "../web/site/frame.tsx";
import { siteResponse } from "../web/site/html.ts";
import { ProblemView } from "../web/site/problem-view.tsx";
import { anonymous } from "../web/site/viewer.ts";
import { clock } from "./system.ts";

/** Renders a problem as a page of the site. @param assets undefined to render without styles */
export function siteProblem(problem: Problem, assets: AssetUrls | undefined): Response {
  const { title, status } = problem;
  const content = ProblemView({ problem });
  return siteResponse(frame({ title, content, assets, viewer: anonymous, now: clock() }), status);
}
