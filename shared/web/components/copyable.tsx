/** A text to take along; the id is its own on the page. */
export function Copyable({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <div class="command">
      <pre>
        <code id={id}>{text}</code>
      </pre>
      <button type="button" class="needs-script" data-copy={id}>
        Copy
      </button>
    </div>
  );
}

/** The same as the API has it, for whoever wants it whole. */
export function RawJson({ value }: { readonly value: unknown }) {
  return (
    <details class="fold" id="raw">
      <summary>As JSON</summary>
      <Copyable id="raw-json" text={JSON.stringify(value, null, 2)} />
    </details>
  );
}
