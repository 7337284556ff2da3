/** Whether a client takes a content coding (RFC 9110 12.5.3). */
export function acceptsCoding(headers: Headers, coding: "gzip" | "br"): boolean {
  return (headers.get("accept-encoding") ?? "")
    .split(",")
    .map((accepted) => accepted.trim().toLowerCase().replaceAll(" ", ""))
    .some((accepted) => {
      const [name, ...parameters] = accepted.split(";");
      return (name === coding || name === "*") && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
    });
}

/** The best content coding that a client takes, and what names of files have at their end that are in it. */
export function codingFor(
  headers: Headers,
): { readonly name: "br" | "gzip"; readonly ending: string } | undefined {
  if (acceptsCoding(headers, "br")) return { name: "br", ending: ".br" };
  return acceptsCoding(headers, "gzip") ? { name: "gzip", ending: ".gz" } : undefined;
}
