import { parseMapping } from '../../mapping/parse.js';
import type { Reading } from '../../reading.js';
import { type Message, readMessage, standards } from '../../registry.js';
import { corpusSamples } from '../corpus.js';
import { mappingOf } from '../mapping.js';
import { aisSamples } from './samples/ais.js';
import { cloudEventSamples } from './samples/cloudevents.js';
import { csvSamples } from './samples/csv.js';
import { dcsaSamples } from './samples/dcsa.js';
import { edifactSamples } from './samples/edifact.js';
import { epcisSamples } from './samples/epcis.js';
import { jitSamples } from './samples/jit.js';
import { movesMapping, movesTable, ordersMapping, ordersTable } from './samples/mapped.js';
import { nextModeSamples } from './samples/next-mode.js';
import { portCallSamples } from './samples/port-call.js';
import { releaseSamples } from './samples/release.js';
import { mappedWorkbook, workbookSamples } from './samples/xlsx.js';

/** What the bytes of a message are, and so how they can be spoilt so that they still look like one. */
export type Shape = 'json' | 'text' | 'workbook';

/** Messages of one kind, and how they are read. */
export interface Subject {
  /** Of the standard, or of the kind of message or mapping within it. */
  readonly name: string;
  /** Of the registry. */
  readonly standard: string;
  readonly shape: Shape;
  /** Written by us, right as they stand. */
  readonly samples: readonly Buffer[];
  /** Files and folders of the corpus with more of them. */
  readonly corpus: readonly string[];
  /** Never throws, and is the same each time. */
  read(this: void, body: Uint8Array): Reading;
}

interface Seeds {
  readonly samples: readonly (string | Buffer)[];
  readonly corpus?: readonly string[];
  readonly shape?: Shape;
  readonly standard?: string;
  /** What a receiver knows apart from the bytes; default their format. */
  readonly message?: Omit<Message, 'body'>;
  read?(this: void, body: Uint8Array): Reading;
}

const reception = { received: Date.UTC(2026, 2, 2, 8) };

const edifactCorpus: Readonly<Record<string, string>> = {
  IFTSTA: 'd00b_iftsta',
  BAPLIE: 'd04b_baplie',
  COPRAR: 'd95b_coprar',
};
const ofEdifact = Object.entries(edifactSamples).map(([type, samples]): [string, Seeds] => [
  `edifact-${type.toLowerCase()}`,
  { samples, standard: 'edifact', corpus: type in edifactCorpus ? [`edifact/${edifactCorpus[type]}.edi`] : [] },
]);

const orders = mappingOf(ordersMapping);

/** One line a kind of message; the name is its standard's where nothing else is said. */
const seeds: Readonly<Record<string, Seeds>> = {
  cloudevents: { samples: cloudEventSamples },
  'cloudevents-lines': { samples: [cloudEventSamples.join('\n')] },
  'dcsa-tnt': { samples: dcsaSamples, corpus: ['dcsa/tnt'] },
  'dcsa-jit': { samples: jitSamples, corpus: ['dcsa/jit'] },
  'port-call': { samples: portCallSamples },
  'epcis-2.0': { samples: epcisSamples, corpus: ['epcis/documents', 'epcis/invalid'] },
  release: { samples: releaseSamples },
  ais: { samples: aisSamples, corpus: ['ais'] },
  ...Object.fromEntries(ofEdifact),
  'next-mode': { samples: nextModeSamples },
  csv: { samples: csvSamples },
  xlsx: { samples: workbookSamples, shape: 'workbook' },
  'mapped-orders': { samples: [ordersTable], standard: 'csv', message: { mapping: orders } },
  'mapped-moves': { samples: [movesTable], standard: 'csv', message: { mapping: mappingOf(movesMapping) } },
  'mapped-workbook': {
    samples: [mappedWorkbook],
    standard: 'xlsx',
    shape: 'workbook',
    message: { mapping: mappingOf(movesMapping) },
  },
  mapping: { samples: [ordersMapping, movesMapping], standard: 'csv', read: readAsMapping },
};

/** A mapping that is right reads a table; the table is the one that its unspoilt sample reads. */
function readAsMapping(body: Uint8Array): Reading {
  const parsed = parseMapping(Buffer.from(body).toString());
  if (!parsed.ok) return { unreadable: parsed.faults, because: 'not-a-message' };
  const table = parsed.value.kind === orders.kind ? ordersTable : movesTable;
  return readMessage({ body: table, mapping: parsed.value }, reception);
}

const subjectOf = (name: string, { samples, corpus = [], shape, standard = name, message, read }: Seeds): Subject => ({
  name,
  standard,
  shape: shape ?? (standards.find((each) => each.name === standard)?.syntax === 'json' ? 'json' : 'text'),
  samples: samples.map((sample) => Buffer.from(sample as string)),
  corpus,
  read: read ?? ((body) => readMessage({ body, ...(message ?? { format: standard }) }, reception)),
});

export const subjects: readonly Subject[] = Object.entries(seeds).map(([name, each]) => subjectOf(name, each));

/** The subject of that name, which there is. */
export const subjectNamed = (name: string): Subject => subjects.find((each) => each.name === name)!;

/** Longer samples are cut: what is wrong with a message shows in a short one, and sooner. */
const LONGEST = 4_000;

/** Our samples, and those of the corpus where it is there. */
export const samplesOf = ({ samples, corpus }: Subject): readonly Buffer[] => [
  ...samples,
  ...corpus.flatMap(corpusSamples).map((text) => Buffer.from(text.slice(0, LONGEST))),
];
