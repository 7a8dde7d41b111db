/** V8 begins a complete garbage collection if 64 MiB were added outside its heap. */
const addedBytes = 65 * 2 ** 20;

/**
 * Suggests a complete garbage collection to V8, which otherwise lets the heap grow to four times what was in use at the
 * last one. An `ArrayBuffer` that is never written to takes no memory, but V8 counts it. A flag would do the same for
 * the whole life of the program, to which it belongs.
 */
export function suggestCollection(): void {
  try {
    new ArrayBuffer(addedBytes);
  } catch {
    // There is no room for it: then V8 collects anyway.
  }
}
