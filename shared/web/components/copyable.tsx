/** A text with a copy button. The ID is unique on the page. */
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

/** The API's representation, folded. */
export function RawJson({ value }: { readonly value: unknown }) {
  return (
    <details class="fold" id="raw">
      <summary>View as JSON</summary>
      <Copyable id="raw-json" text={JSON.stringify(value, null, 2)} />
    </details>
  );
}
