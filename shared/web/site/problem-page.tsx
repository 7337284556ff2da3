import type { Problem } from "../../http/problem.ts";
import { type AssetUrls, frame } from "./frame.tsx";
import { siteResponse, standaloneResponse } from "./html.ts";
import { ProblemView } from "./problem-view.tsx";
import { anonymous } from "./viewer.ts";

interface ProblemPage {
  /** Undefined: renders without styles. */
  readonly assets: AssetUrls | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly standalone?: boolean;
}

/** Returns a problem as a page. */
export function problemPage(problem: Problem, { standalone = false, ...page }: ProblemPage): Response {
  const { title, status } = problem;
  const content = ProblemView({ problem });
  const html = frame({ ...page, title, content, viewer: anonymous, standalone });
  return standalone ? standaloneResponse(html, status) : siteResponse(html, status);
}
