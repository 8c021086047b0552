import { corpusText, describeCorpus } from '../testing/corpus.js';
import { jitIds } from '../testing/jit.js';
import { draftsOf, refusals } from '../testing/read.js';
import { readJit } from './jit.js';

const received = Date.UTC(2026, 2, 2, 8);

/** Templates of the conformance suite, whose `…_PLACEHOLDER` values are to be filled in. */
const filled = (file: string, values: Readonly<Record<string, string>> = {}): unknown => {
  const all: Record<string, string> = {
    PORT_CALL_ID: jitIds.portCall,
    TERMINAL_CALL_ID: jitIds.terminalCall,
    PORT_CALL_SERVICE_ID: jitIds.service,
    PORT_CALL_SERVICE_TYPE_CODE: 'BERTH',
    PORT_CALL_SERVICE_EVENT_TYPE_CODE: 'ARRI',
    PORT_CALL_PHASE_TYPE_CODE: 'INBD',
    IS_FYI: 'false',
    ...values,
  };
  const text = corpusText(`dcsa/jit/jit-200-${file}.json`);
  return JSON.parse(text.replaceAll(/([A-Z_]+)_PLACEHOLDER/g, (whole, name: string) => all[name] ?? whole));
};

describeCorpus('requests of the DCSA conformance suite for Just-in-Time', () => {
  it.each([
    ['port-call-request', 'org.portolan.call.described'],
    ['terminal-call-request', 'org.portolan.call.described'],
    ['port-call-service-request', 'org.portolan.call.described'],
    ['vessel-status-request', 'org.portolan.milestone.reached'],
  ])('%s is read whole', (file, type) => {
    const reading = readJit(filled(file), { received });
    expect(refusals(reading)).toEqual([]);
    expect(draftsOf(reading)[0]!.type).toBe(type);
    expect(draftsOf(readJit(filled(file), { received }))).toEqual(draftsOf(reading));
  });

  it('with moves keep them', () => {
    const request = filled('port-call-service-request', { PORT_CALL_SERVICE_TYPE_CODE: 'MOVES' });
    const [service] = draftsOf(readJit(request, { received }));
    expect(service!.data).toMatchObject({
      extensions: { moves: [{ totalUnits: 155 }, {}], portCallPhaseTypeCode: 'INBD' },
    });
  });

  it('not filled in are refused', () => {
    const text = corpusText('dcsa/jit/jit-200-vessel-status-request.json').replace('IS_FYI_PLACEHOLDER', 'true');
    expect(refusals(readJit(JSON.parse(text), { received }))).toMatchObject([
      [0, '/portCallServiceID', expect.any(String)],
    ]);
  });

  it('that failed are refused', () => {
    expect(refusals(readJit(filled('error-message'), { received }))).toMatchObject([[0, '', expect.any(String)]]);
  });
});
