/** A text with a copy button. The ID must be unique on the page. */
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

/** The resource as JSON, as returned by the API. */
export function RawJson({ value }: { readonly value: unknown }) {
  return (
    <details class="fold" id="raw">
      <summary>As JSON</summary>
      <Copyable id="raw-json" text={JSON.stringify(value, null, 2)} />
    </details>
  );
}
