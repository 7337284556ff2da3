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

/** Returns true for a whole http or https URL without credentials, which could disguise its host. */
export function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/\S+$/i.test(value)) return false;
  const url = URL.parse(value);
  return url !== null && url.username === "" && url.password === "";
}
