/** Returns the part of an IP address that one subscriber has: all of IPv4, and the first 64 bits of IPv6 (RFC 6177). */
export function networkOf(address: string): string {
  const [head = "", tail] = address.toLowerCase().split("::");
  if (!address.includes(":") || address.includes(".")) return address;
  const [first, last] = [groupsOf(head), groupsOf(tail ?? "")];
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => "0");
  return [...first, ...(tail === undefined ? [] : zeros), ...last].slice(0, 4).join(":");
}

function groupsOf(text: string): string[] {
  return text === "" ? [] : text.split(":").map((group) => group.replace(/^0+(?=.)/, ""));
}
