import { corpusSamples } from '../corpus.js';
import { aisSamples } from './samples/ais.js';
import { cloudEventSamples } from './samples/cloudevents.js';
import { csvSamples } from './samples/csv.js';
import { dcsaSamples } from './samples/dcsa.js';
import { epcisSamples } from './samples/epcis.js';

/** What a standard's messages are made from before they are spoilt. */
interface Seeds {
  /** Messages written by us, right as they stand. */
  readonly samples: readonly string[];
  /** Folders of the corpus with more of them. */
  readonly corpus?: readonly string[];
}

/** By the standard's name in the registry: one line a standard. */
const seeds: Readonly<Record<string, Seeds>> = {
  cloudevents: { samples: cloudEventSamples },
  'cloudevents-lines': { samples: [cloudEventSamples.join('\n')] },
  'dcsa-tnt': { samples: dcsaSamples, corpus: ['dcsa/tnt'] },
  'epcis-2.0': { samples: epcisSamples, corpus: ['epcis/documents', 'epcis/invalid'] },
  ais: { samples: aisSamples, corpus: ['ais'] },
  csv: { samples: csvSamples },
};

/** Longer samples are cut: what is wrong with a message shows in a short one, and sooner. */
const LONGEST = 4_000;

/** Our samples of a standard; none for one that names no seed yet. */
export const ownSamplesOf = (standard: string): readonly string[] => seeds[standard]?.samples ?? [];

/** Our samples, and those of the corpus where it is there. */
export const samplesOf = (standard: string): readonly string[] => [
  ...ownSamplesOf(standard),
  ...(seeds[standard]?.corpus ?? []).flatMap(corpusSamples).map((text) => text.slice(0, LONGEST)),
];
