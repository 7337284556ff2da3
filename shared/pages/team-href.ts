/** The pages of others that the editors lead back to. */
export const onCallHref = "/on-call";

export function teamHref(team: string): string {
  return `${onCallHref}/${encodeURIComponent(team)}`;
}
