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
