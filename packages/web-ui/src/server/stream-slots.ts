import { clientOfAddress } from "./client-of-address.ts";

/** How many status streams may be open at the same time. */
export interface StreamLimits {
  /** Of all clients together. */
  readonly total: number;
  /** Of one client: an IPv4 address, or the first half of an IPv6 address. */
  readonly perClient: number;
}

/** Counts the open status streams, in total and per client. */
export class StreamSlots {
  private readonly limits: StreamLimits;
  private readonly openByClient = new Map<string, number>();
  private open = 0;

  constructor(limits: StreamLimits) {
    this.limits = limits;
  }

  /** Takes a slot for a client. Returns a function that frees it once, or the reason why there is none. */
  take(address: string): { readonly free: () => void } | { readonly refusal: string } {
    const { total, perClient } = this.limits;
    const client = clientOfAddress(address);
    const openOfClient = this.openByClient.get(client) ?? 0;
    if (openOfClient >= perClient) return { refusal: refusalText("This client", openOfClient) };
    if (this.open >= total) return { refusal: refusalText("The server", this.open) };
    this.openByClient.set(client, openOfClient + 1);
    this.open++;
    let isFree = false;
    const free = (): void => {
      if (isFree) return;
      isFree = true;
      this.open--;
      const others = (this.openByClient.get(client) ?? 1) - 1;
      if (others === 0) this.openByClient.delete(client);
      else this.openByClient.set(client, others);
    };
    return { free };
  }
}

function refusalText(whose: string, open: number): string {
  return `${whose} has ${open} open status streams, the limit. Close other tabs of the page, or request /api/status.\n`;
}
