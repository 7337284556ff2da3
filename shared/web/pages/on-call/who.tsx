import type { OnCall } from "../../../domain/oncall/on-call.ts";

/** The name of a person on call; `mild` shows an absence without alarm. */
export function Who({
  onCall: { person, kind },
  mild,
}: {
  readonly onCall: OnCall;
  readonly mild?: boolean;
}) {
  if (!person) return mild ? <span class="quiet">No one</span> : <span class="who gap">No one</span>;
  return (
    <>
      <bdi>{person.name}</bdi>
      {kind === "override" && <span class="quiet"> override</span>}
    </>
  );
}
