import { readMessage } from '../../registry.js';
import { bombNames, bombOf } from './bombs.js';
import { refusalOf } from './laws.js';
import { MOST_MILLISECONDS, processorTimeOf } from './processor-time.js';

// `npm run fuzz` has them at their full size, each in a process of its own, so that its peak of memory is its own.
describe('a message that is made to take long', () => {
  it.each(bombNames)('%s: is refused soon, with a reason', (name) => {
    const message = bombOf(name, 0.25);
    const peak = process.resourceUsage().maxRSS;
    const { value: reading, milliseconds } = processorTimeOf(() =>
      readMessage(message, { received: Date.UTC(2026, 2, 2, 8) }),
    );
    expect(refusalOf(reading)).not.toBe('');
    expect(milliseconds).toBeLessThan(MOST_MILLISECONDS);
    expect(process.resourceUsage().maxRSS - peak).toBeLessThan(100_000);
  });
});
