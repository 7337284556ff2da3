/** Subjects of emails from monitoring systems: what they are about, and whether the problem is over. */

/** Marks that email clients and monitoring systems put before a subject, of a problem and of its end. */
const marks =
  /^\s*(?:(?:re|fwd?|aw|wg|problem|alert|firing|down)\s*:|\[(?:firing(?::\d+)?|problem|alert|alerting|down)\]|\*+ *problem\b)\s*/i;
const ends =
  /^\s*(?:(?:resolved|recovery|recovered|closed|cleared|ok|up)\s*:|\[(?:resolved(?::\d+)?|recovery|recovered|closed|cleared|ok|up)\]|\*+ *recovery\b)\s*/i;

/** State at the end of a subject of Nagios: `** PROBLEM Service Alert: web-1/HTTP is CRITICAL **`. */
const state = /\s+is\s+(?:ok|warning|critical|unknown|up|down|unreachable)\s*\**\s*$/i;

export interface Subject {
  /** The same for a problem and its end: lower case, without marks. */
  readonly about: string;
  readonly isOver: boolean;
}

/** Returns the title and the key of the problem that an email is about. */
export function problemOf(subject: string, about: string, sender: string) {
  return { message: subject || `Email from ${sender} without a subject`, dedupKey: `mail:${about}` };
}

/** Reads a subject. Problems with the same subject, apart from marks such as `Re:` or `[RESOLVED]`, are one. */
export function readSubject(subject: string): Subject {
  let rest = subject;
  let isOver = false;
  for (;;) {
    const end = ends.exec(rest)?.[0];
    const mark = end ?? marks.exec(rest)?.[0];
    if (mark === undefined || mark.length === rest.length) break;
    isOver ||= end !== undefined;
    rest = rest.slice(mark.length);
  }
  const about = rest.replace(state, "").replace(/\s+/g, " ").trim().toLowerCase();
  return { about, isOver };
}
