import { engineNamed } from '@portolan/planning';
import { unlimitedLoads } from './liner-loads.js';
import { linerNetwork } from './liner-network.js';
import { opened } from './measurement.js';

describe('a liner network', () => {
  it('is the same for the same seed, and another one for another', () => {
    const size = { ports: 20, services: 10, demands: 40 };
    expect(linerNetwork(size, 1)).toEqual(linerNetwork(size, 1));
    expect(linerNetwork(size, 1).services).not.toEqual(linerNetwork(size, 2).services);
  });

  it('has 10 to 20 of 100 voyages full in the optimal plan, on average', async () => {
    const engine = await engineNamed('simplex');
    const shares = [1, 2, 3, 4, 5].map((seed) => {
      const network = linerNetwork({ ports: 40, services: 30, demands: 365 }, seed);
      const plan = opened(network, engine);
      plan.optimize();
      const full = plan.plan().prices.legs.filter(({ used, capacity }) => used >= capacity - 1e-6);
      return full.length / network.services.reduce((sum, { rotation = [] }) => sum + rotation.length, 0);
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.1);
    expect(mean).toBeLessThan(0.2);
  });
});

describe('loads without limits', () => {
  it('stay on board as long as they can, and change services where they must', () => {
    const services = [
      { id: 'S', mode: 'vessel', rotation: ['A', 'B', 'C'], capacity: 10 },
      { id: 'T', mode: 'vessel', rotation: ['C', 'D'], capacity: 5 },
    ];
    const demands = [
      { id: '1', from: 'A', to: 'C', quantity: 4 },
      { id: '2', from: 'B', to: 'D', quantity: 2 },
    ];
    expect(unlimitedLoads({ services, demands } as never)).toEqual([0.4, 0.6, 0, 0.4, 0]);
  });
});
