interface Registration {
  readonly callback: () => void;
  /** Its place in the list. */
  place: number;
}

interface Listener {
  readonly registrations: Registration[];
  readonly call: () => void;
}

const listenerOf = new WeakMap<AbortSignal, Listener>();

/**
 * Calls `callback` when the signal is aborted; returns a function that ends this. All callbacks share one listener of
 * the signal, in an array. A removed listener of Node refers to the one added after it, as an outgrown Set refers to
 * its successor: if one of them is in V8's old generation, everything that later ones refer to gets there too, and takes
 * memory until the next complete garbage collection. A fetch adds tens of thousands of callbacks to one signal.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const listener = listenerOf.get(signal) ?? listenTo(signal);
  const { registrations } = listener;
  const registration = { callback, place: registrations.length };
  registrations.push(registration);
  return () => {
    if (registrations[registration.place] !== registration) return;
    const last = registrations.pop();
    if (last !== undefined && last !== registration) {
      registrations[registration.place] = last;
      last.place = registration.place;
    }
    // A signal made from others lives as long as it has listeners.
    if (registrations.length === 0) stopListening(signal, listener);
  };
}

function listenTo(signal: AbortSignal): Listener {
  const registrations: Registration[] = [];
  const call = (): void => {
    stopListening(signal, listener);
    for (const { callback } of registrations.splice(0)) callback();
  };
  const listener = { registrations, call };
  listenerOf.set(signal, listener);
  signal.addEventListener("abort", call);
  return listener;
}

function stopListening(signal: AbortSignal, listener: Listener): void {
  signal.removeEventListener("abort", listener.call);
  if (listenerOf.get(signal) === listener) listenerOf.delete(signal);
}
