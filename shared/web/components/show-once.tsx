import { Copyable } from "./copyable.tsx";

/** A secret shown in the response to the form that created it. The ID must be unique on the page. */
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
        <strong>Copy {what} now.</strong> It is stored nowhere and never shown again.
      </p>
      <Copyable id={id} text={text} />
    </section>
  );
}
