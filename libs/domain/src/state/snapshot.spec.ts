import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { foldBatch } from './fold.js';
import { FOLD_VERSION } from './snapshot.js';
import { emptyState } from './state.js';
import { plausibleLog } from './testing/plausible-log.js';
import { stateToJson } from './testing/state-text.js';

describe('the number of the fold', () => {
  /** Some logs, the same in every run. */
  const logs = fc.sample(plausibleLog, { numRuns: 60, seed: 1 });

  it('is another one where the same events fold into another state: then add one to it and take the new digest', () => {
    const digest = createHash('sha256');
    for (const events of logs) digest.update(stateToJson(foldBatch(emptyState('test'), events)));
    expect([FOLD_VERSION, digest.digest('base64url').slice(0, 16)]).toEqual([4, 'fOTeE9kuEKx9ZclV']);
  });
});
