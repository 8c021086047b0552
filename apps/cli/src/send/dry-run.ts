import { type Mapping, type RejectedItem, readMessage } from '@portolan/formats';
import { LARGEST, type MessageFile, gunzipped } from './message-file.js';
import { type Outcome, type Refusal, refusedWhole } from './outcome.js';

/** What the service would say, as far as the file itself tells: it does not know what was sent before. */
export function dryRun(
  { file, body, contentType, gzip }: MessageFile,
  format: string | undefined,
  received: number,
  mapping?: Mapping,
): Outcome {
  const bytes = gzip ? gunzipped(body) : body;
  if (!bytes) return refusedWhole(file, `is not gzip, though it ends in .gz, or unpacks to more than ${LARGEST} bytes`);
  const reading = readMessage({ body: bytes, format, contentType, mapping }, { received });
  if ('unreadable' in reading)
    return refusedWhole(
      file,
      reading.unreadable.map(({ pointer, message }) => `${pointer && `${pointer}: `}${message}`).join('; '),
    );
  const events = reading.items.flatMap((item) =>
    item.ok ? item.events.map(({ id, source }) => ({ index: item.index, id, key: `${source} ${id}` })) : [],
  );
  const first = new Map(events.map(({ key }, place) => [key, place] as const).reverse());
  const taken = ({ index, id }: { index: number; id: string }) => ({ index, id });
  return {
    file,
    accepted: events.filter(({ key }, place) => first.get(key) === place).map(taken),
    duplicates: events.filter(({ key }, place) => first.get(key) !== place).map(taken),
    rejected: reading.items.flatMap((item) => (item.ok ? [] : [refusalOf(item)])),
  };
}

/** As the service would answer it. */
function refusalOf({ index, faults }: RejectedItem): Refusal {
  const errors = faults.map(({ pointer, message, value }) => ({ pointer, reason: message, value }));
  return { index, ...errors[0]!, ...(errors.length > 1 && { errors }) };
}
