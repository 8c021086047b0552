import kafkajs from 'kafkajs';
import { type Codec, codecs } from '../codecs.js';

/** kafkajs has gzip only, and takes the others for the whole process. */
export const useCodecs = (): void => {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  CompressionCodecs[CompressionTypes.Snappy] = () => asynchronous(codecs.snappy);
  CompressionCodecs[CompressionTypes.LZ4] = () => asynchronous(codecs.lz4);
  CompressionCodecs[CompressionTypes.ZSTD] = () => asynchronous(codecs.zstd);
};

const asynchronous = ({ compress, decompress }: Codec) => ({
  compress: async ({ buffer }: { buffer: Buffer }) => compress(buffer),
  decompress: async (buffer: Buffer) => decompress(buffer),
});
