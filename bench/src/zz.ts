import { parseEvent, parseInstant } from '@portolan/domain';
import { decodeEvent, encodeEvent } from '@portolan/formats';
import { historyOf, recordsOf } from './services/history.js';
import { envelope, eventData } from '../../libs/domain/src/events/event.js';
const records = recordsOf(historyOf(40000), ['a']).map((r) => ({ ...r, value: Buffer.from(r.value) }));
const events = records.map((r) => { const d = decodeEvent(r); if (!d.ok) throw 1; return d.value as any; });
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
const time = (name: string, n: number, work: () => void) => { globalThis.gc?.(); const b = cpu(); work(); const ms = cpu() - b; console.log(name, (ms * 1000 / n).toFixed(2), 'us'); };
for (let round = 0; round < 3; round++) {
  time('decode', records.length, () => { for (const r of records) decodeEvent(r); });
  time('parseEvent', records.length, () => { for (const r of events) parseEvent(r); });
  time('envelope', records.length, () => { for (const r of events) envelope.safeParse(r); });
  time('data', records.length, () => { for (const r of events) (eventData as any)[r.type].safeParse(r.data); });
  time('json', records.length, () => { for (const r of records) JSON.parse(new TextDecoder().decode(r.value)); });
  time('instants', records.length, () => { for (const r of events) { parseInstant(r.time); parseInstant(r.recordedtime); } });
  time('encode', records.length, () => { for (const r of events) encodeEvent(r); });
}
