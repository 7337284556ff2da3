/** Returns true if the client accepts a content coding (RFC 9110 12.5.3). */
export function acceptsCoding(headers: Headers, coding: "gzip" | "br"): boolean {
  return (headers.get("accept-encoding") ?? "")
    .split(",")
    .map((accepted) => accepted.trim().toLowerCase().replaceAll(" ", ""))
    .some((accepted) => {
      const [name, ...parameters] = accepted.split(";");
      return (name === coding || name === "*") && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
    });
}

/** Returns the best content coding that the client accepts, and the file suffix for it. */
export function codingFor(
  headers: Headers,
): { readonly name: "br" | "gzip"; readonly ending: string } | undefined {
  if (acceptsCoding(headers, "br")) return { name: "br", ending: ".br" };
  return acceptsCoding(headers, "gzip") ? { name: "gzip", ending: ".gz" } : undefined;
}
