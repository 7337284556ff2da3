import { Copyable } from "./copyable.tsx";

/** Shows a new secret once. The ID is unique on the page. */
export function ShowOnce({
  what,
  id,
  text,
}: {
  readonly what: string;
  readonly id: string;
  readonly text: string;
}) {
  return (
    <section class="notice done" id="show-once">
      <p>
        <strong>Copy {what} now.</strong> It is not stored and will not be shown again.
      </p>
      <Copyable id={id} text={text} />
    </section>
  );
}
