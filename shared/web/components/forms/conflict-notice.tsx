import { formatAgo } from "../duration.ts";

/** A change that someone else saved after the form was loaded. */
export interface EditConflictInfo {
  readonly by: string | null;
  /** Epoch milliseconds; null if unknown. */
  readonly at: number | null;
  readonly theirs: readonly string[];
  readonly mine: readonly string[];
}

interface ConflictNoticeProps {
  readonly conflict: EditConflictInfo;
  readonly now: number;
  /** Page with the current version. */
  readonly href: string;
}

/** Both versions with their differences marked. */
export function ConflictNotice({ conflict: { by, at, theirs, mine }, now, href }: ConflictNoticeProps) {
  return (
    <section class="notice trouble" role="alert" aria-labelledby="conflict" tabindex={-1} autofocus>
      <h2 id="conflict">
        Not saved: <bdi>{by ?? "someone"}</bdi> changed it
        {at !== null && ` ${formatAgo(now - at)}`}, after you opened it
      </h2>
      <div class="versions">
        <Version title="Current version" lines={theirs} others={mine} />
        <Version title="Your version" lines={mine} others={theirs} />
      </div>
      <p>
        Save again to overwrite the current version, or{" "}
        <a href={href}>discard yours and continue from the current version</a>.
      </p>
    </section>
  );
}

interface VersionProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly others: readonly string[];
}

function Version({ title, lines, others }: VersionProps) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li>
            {others.includes(line) ? (
              <bdi>{line}</bdi>
            ) : (
              <mark>
                <bdi>{line}</bdi>
              </mark>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
