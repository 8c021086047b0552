import { type Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** A file that is not what its name says, or that unfolds beyond all measure: why, for people. */
export class NotGzip extends Error {
  override readonly name = 'NotGzip';
}

const AT_ONCE = 1024 * 1024;
/** Messages shrink to a tenth or a fiftieth; gzip's limit, which only bombs come near to, is about a thousandth. */
const STEEPEST = 500;
const HARMLESS = 64 * 1024 * 1024;

/** Unpacks a stream, in constant memory. */
export async function* gunzipped(packed: Readable): AsyncGenerator<Uint8Array> {
  const unpacking = createGunzip({ chunkSize: AT_ONCE });
  pipeline(packed, unpacking, () => {});
  let unpacked = 0;
  try {
    for await (const chunk of unpacking as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > HARMLESS && unpacked > STEEPEST * unpacking.bytesWritten)
        throw new NotGzip(`unfolds to more than ${STEEPEST} times its size: unpack it yourself if that is meant`);
      yield chunk;
    }
  } catch (error) {
    throw isOfZlib(error) ? new NotGzip(`is not gzip, though it ends in .gz, or was cut off: ${error.message}`) : error;
  } finally {
    packed.destroy();
  }
}

const isOfZlib = (error: unknown): error is Error => /^Z_/.test(String((error as NodeJS.ErrnoException).code));
