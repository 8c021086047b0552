import { corpusFiles, corpusText, describeCorpus } from './testing/corpus.js';
import { jitPortCall, jitService, jitTerminalCall, jitTimestamp } from './testing/jit.js';
import { nextModeHeader, nextModeRow } from './testing/next-mode.js';
import { berthEstimate } from './testing/port-call.js';
import { releaseNotice } from './testing/release.js';
import { parseJson } from './json/json.js';
import { readMessage, standards } from './registry.js';

/** All standards that take a text for theirs, in the order in which they are asked. */
const claiming = (text: string): string[] => {
  const json = parseJson(text);
  return standards
    .filter(({ syntax, looksLike }) => (syntax === 'json' ? json.ok && looksLike(json.value) : looksLike(text)))
    .map(({ name }) => name);
};

const equipment3 = { eventID: 'E', eventClassification: { eventTypeCode: 'EQUIPMENT' }, equipmentDetails: {} };
const samples: Readonly<Record<string, readonly unknown[]>> = {
  cloudevents: [{ specversion: '1.0', type: 'org.portolan.clock.ticked', id: '1', source: '/' }],
  'cloudevents-lines': ['{"specversion":"1.0"}\n{"specversion":"1.0"}\n'],
  'port-call': [berthEstimate, [berthEstimate], { events: [berthEstimate] }],
  'dcsa-tnt': [equipment3, { events: [equipment3] }, [{ eventType: 'SHIPMENT', documentID: 'B' }]],
  'dcsa-jit': [jitPortCall, jitTerminalCall, jitService, jitTimestamp, [jitTimestamp], { timestamps: [jitTimestamp] }],
  'epcis-2.0': [{ type: 'EPCISDocument', epcisBody: {} }, [{ type: 'ObjectEvent' }]],
  release: [
    releaseNotice,
    [releaseNotice],
    { notices: [releaseNotice] },
    { equipmentNumber: 'APZU4812090', greenLights: [] },
    { equipmentNumber: 'APZU4812090', actionType: 'Release' },
    { equipmentNumber: 'APZU4812090', event: 'Release', storedOn: '2026-03-02T07:00:00Z' },
    { data: { type: 'webhook_notification' }, included: [] },
  ],
  ais: ['!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\n'],
  'next-mode': [`${nextModeHeader}\r\n${nextModeRow}\r\n`],
  csv: ['id;product;location;quantity;available\n', 'service,mode,location,arrives,departs\n'],
};

describe('a sample of each standard', () => {
  it.each(Object.entries(samples).flatMap(([name, list]) => list.map((sample) => [name, sample] as const)))(
    'of %s is taken for that by it, and by no other that is asked before: %j',
    (name, sample) => {
      const text = typeof sample === 'string' ? sample : JSON.stringify(sample);
      expect(claiming(text)[0]).toBe(name);
    },
  );

  it('of tables is told apart also where its content type is that of tables', () => {
    const body = `${nextModeHeader}\n${nextModeRow}\n`;
    const reading = readMessage({ body, contentType: 'text/csv' }, { received: Date.UTC(2026, 2, 2) });
    expect('format' in reading && reading.format).toBe('next-mode');
  });
});

describeCorpus('messages of the corpus', () => {
  it.each([
    ['dcsa/tnt', '.json', 'dcsa-tnt'],
    ['epcis/documents', '.json', 'epcis-2.0'],
  ])('in %s are recognised', (folder, ending, name) => {
    const files = corpusFiles(folder).filter((file) => file.endsWith(ending));
    const others = files.filter((file) => claiming(corpusText(`${folder}/${file}`))[0] !== name);
    expect(files.length).toBeGreaterThan(2);
    expect(others).toEqual([]);
  });
});
