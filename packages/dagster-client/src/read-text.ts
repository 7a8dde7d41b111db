/** Thrown when a body exceeds the size limit of {@link readText}. */
export class BodyTooLarge extends Error {}

/**
 * Reads the body of a response as text. The limit applies after decompression.
 *
 * @throws BodyTooLarge after `maxBytes` bytes; the rest is not read
 */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let sizeBytes = 0;
  // Leaving the loop early cancels the body.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) throw new BodyTooLarge();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
