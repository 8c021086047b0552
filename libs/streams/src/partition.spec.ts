import { murmur2, partitionOf } from './partition.js';

describe('the partition of a key', () => {
  it('is hashed as the clients of Kafka do', () => {
    // org.apache.kafka.common.utils.UtilsTest#testMurmur2
    const known = { '21': -973932308, foobar: -790332482, 'a-little-bit-long-string': -985981536 };
    const longer = {
      'a-little-bit-longer-string': -1486304829,
      lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
      abc: 479470107,
    };
    for (const [key, hash] of Object.entries({ ...known, ...longer })) expect(murmur2(Buffer.from(key))).toBe(hash);
  });

  it('is one of the partitions there are, and they all get some', () => {
    const found = new Set(Array.from({ length: 500 }, (_, i) => partitionOf(`cell-${i}`, 6)));
    expect([...found].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(partitionOf('anything', 1)).toBe(0);
  });
});
