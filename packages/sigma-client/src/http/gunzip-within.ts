import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { AnswerShare } from "./answer-budget.ts";
import { AnswerTooLarge } from "./answer-limits.ts";

/** A gzip file ends with the size of its content modulo 2^32, in 4 bytes. */
const sizeBytes = 4;

/**
 * Decompresses a body of at most `maxBytes`, whose memory it first reserves. A body that is larger than it says gets
 * the whole limit in a second attempt.
 *
 * @throws AnswerTooLarge
 */
export async function gunzipWithin(body: Buffer, maxBytes: number, share: AnswerShare): Promise<Buffer> {
  const saidBytes = body.length < sizeBytes ? 0 : body.readUInt32LE(body.length - sizeBytes);
  const expectedBytes = Math.min(Math.max(saidBytes, 1), maxBytes);
  await share.reserve(expectedBytes);
  const content = await gunzipUpTo(body, expectedBytes);
  if (content !== null) return content;
  if (expectedBytes === maxBytes) throw AnswerTooLarge.bytes(maxBytes);
  await share.reserve(maxBytes - expectedBytes);
  const whole = await gunzipUpTo(body, maxBytes);
  if (whole === null) throw AnswerTooLarge.bytes(maxBytes);
  return whole;
}

/** Null if the content is larger. */
async function gunzipUpTo(body: Buffer, maxOutputLength: number): Promise<Buffer | null> {
  try {
    return await promisify(gunzip)(body, { maxOutputLength });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return null;
    throw thrown;
  }
}
