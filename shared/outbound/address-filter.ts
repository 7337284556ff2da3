import dns from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

interface AddressRules {
  /** IP addresses and CIDR ranges that are allowed regardless of the other rules. */
  readonly allowedNetworks: readonly string[];
  /** Allow every other public address. */
  readonly allowPublic: boolean;
  /** Allow loopback, private and link-local addresses. */
  readonly allowPrivate: boolean;
}

/** Thrown for a blocked address. */
export class ForbiddenAddress extends Error {}

interface AddressFilter {
  /**
   * Checks the host of a URL if it is an IP address. Names are checked by the lookup. @throws
   * ForbiddenAddress
   */
  checkHost(hostname: string): void;
  /** Resolves a name. Fails with ForbiddenAddress if one of its addresses is blocked. */
  readonly lookup: LookupFunction;
}

export function addressFilter(rules: AddressRules): AddressFilter {
  const networks = rules.allowedNetworks.map(parseNetwork);

  function isAllowed(address: string): boolean {
    // An IPv4 address may be written as IPv6: ::ffff:10.0.0.1.
    const parsed = ipaddr.process(address);
    if (networks.some((network) => contains(network, parsed))) return true;
    if (parsed.range() === "unspecified") return false;
    return isPublic(parsed) ? rules.allowPublic : rules.allowPrivate;
  }

  const lookup: LookupFunction = (hostname, options, done) => {
    dns.lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return void done(error, "");
      if (!found.every(({ address }) => isAllowed(address))) return void done(new ForbiddenAddress(), "");
      const [first] = found;
      if (options.all) done(null, found);
      else done(null, first?.address ?? "", first?.family);
    });
  };

  return {
    checkHost(hostname) {
      const host = hostname.replace(/^\[|\]$/g, "");
      if (isIP(host) !== 0 && !isAllowed(host)) throw new ForbiddenAddress();
    },
    lookup,
  };
}

/** All public IPv6 addresses so far (RFC 4291 2.4, IANA's registry of global unicast addresses). */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/** Returns true for a public address. ipaddr.js treats unknown ranges as public. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || (address as ipaddr.IPv6).match(globalUnicast);
}

interface Network {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly bits: number;
}

function parseNetwork(text: string): Network {
  const cidr = isIP(text) === 0 ? text : `${text}/${isIP(text) === 4 ? 32 : 128}`;
  const [address, bits] = ipaddr.parseCIDR(cidr);
  return { address, bits };
}

/** A range of the other IP version contains nothing, and comparing the two throws. */
function contains({ address, bits }: Network, candidate: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return candidate.kind() === address.kind() && candidate.match(address as ipaddr.IPv4 & ipaddr.IPv6, bits);
}
