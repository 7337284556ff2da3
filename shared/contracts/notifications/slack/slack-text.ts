/** Converts Slack's markup of mentions and links to Markdown (docs.slack.dev/messaging/formatting-message-text). */
export function markdownOf(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/<([^<>]*)>/g, (_, content: string) => unescaped(linkOf(content)))
    .replaceAll(/[^<>]+/g, unescaped)
    .trim();
}

function linkOf(content: string): string {
  const [target = "", label] = content.split("|", 2);
  // A mention: of a person, a channel, or everyone.
  if (/^[@#!]/.test(target)) return label === undefined ? target.replace("!", "@") : label;
  return label === undefined || label === target ? target : `[${label}](${target})`;
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
