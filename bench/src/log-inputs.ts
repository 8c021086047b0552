import type { NewRecord } from '@portolan/streams';

const KINDS = ['gate-in', 'loaded', 'departed', 'arrived', 'discharged', 'gate-out'];
const CELLS = 50;

/** Events of containers as ingest appends them: some 450 bytes of JSON, the attributes of a CloudEvent as headers, and an id against duplicates. */
export const eventsFor = (count: number, run: string): readonly (NewRecord & { value: string; dedupe: string })[] =>
  Array.from({ length: count }, (_, i) => {
    const kind = KINDS[i % KINDS.length]!;
    const id = `urn:${run}:${i}`;
    const time = new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString();
    const data = {
      container: `MSKU${String(1_000_000 + (i % 900_000))}`,
      shipment: `shipment-${i % 3000}`,
      milestone: kind,
      location: { unlocode: 'BEANR', facility: 'K913', name: 'Antwerp, Deurganck quay' },
      voyage: { carrier: 'MAEU', service: 'TA5', voyage: `4${String(i % 100).padStart(2, '0')}W`, vessel: 9_319_466 },
      occurred: time,
      classifier: 'ACT',
      references: [`booking-${i % 5000}`, `order-${i % 7000}`],
      remarks: 'as reported by the terminal operating system',
    };
    return {
      key: `cell-${i % CELLS}`,
      value: JSON.stringify(data),
      headers: {
        ce_specversion: '1.0',
        ce_id: id,
        ce_source: '/carriers/MAEU',
        ce_type: `org.portolan.container.${kind}`,
        ce_time: time,
        'content-type': 'application/json',
      },
      dedupe: id,
    };
  });
