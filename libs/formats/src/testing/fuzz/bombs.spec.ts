import { readMessage } from '../../registry.js';
import { bombNames, bombOf } from './bombs.js';
import { refusalOf } from './laws.js';

// `npm run fuzz` has them at their full size, each in a process of its own, and looks at the peak of memory too.
describe('a message that is made to take long', () => {
  it.each(bombNames)('%s: is refused soon, with a reason', (name) => {
    const message = bombOf(name, 0.15);
    const began = performance.now();
    const reading = readMessage(message, { received: Date.UTC(2026, 2, 2, 8) });
    expect(refusalOf(reading)).not.toBe('');
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
