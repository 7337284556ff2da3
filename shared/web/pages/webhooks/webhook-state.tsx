import type { Webhook } from "../../../domain/notifications/webhook.ts";

/** State of a webhook, with a word and a shape. */
export function WebhookState({ webhook: { enabled, disabledReason } }: { readonly webhook: Webhook }) {
  if (enabled)
    return (
      <span class="delivery sent">
        <span aria-hidden="true">✓</span> Enabled
      </span>
    );
  return (
    <span class={disabledReason === null ? "delivery suppressed" : "delivery failed"}>
      <span aria-hidden="true">–</span> Disabled
    </span>
  );
}
