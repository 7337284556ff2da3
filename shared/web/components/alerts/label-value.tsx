import { isWebAddress } from "../../../domain/link.ts";

/** Value of a label, as a link if it is a web address, such as `runbook_url` or `generator_url`. */
export function LabelValue({ value }: { readonly value: string }) {
  const text = <bdi class="text">{value}</bdi>;
  if (!isWebAddress(value)) return text;
  return (
    <a href={value} rel="noopener noreferrer">
      {text}
    </a>
  );
}
