import zlib from 'node:zlib';
import { lz4Compress, lz4Decompress, snappyCompress, snappyDecompress } from '@platformatic/wasm-utils';
import { decompress as zstdInflate } from 'fzstd';

/** How batches are compressed on their way and in the brokers. */
export const compressions = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Compression = (typeof compressions)[number];

export interface Codec {
  compress(plain: Buffer): Buffer;
  decompress(packed: Buffer): Buffer;
}

/** Kafka's compressions beside gzip, which every client brings along. Each client is given these, since none has all of them on each Node. */
export const codecs: Readonly<Record<'snappy' | 'lz4' | 'zstd', Codec>> = {
  snappy: {
    compress: (plain) => snappyCompress(plain),
    decompress: (packed) => (isXerial(packed) ? inflateXerial(packed) : snappyDecompress(packed)),
  },
  lz4: {
    compress: (plain) => lz4Compress(plain),
    decompress: (packed) => lz4Decompress(packed),
  },
  zstd: {
    compress: (plain) => nativeZstd().zstdCompressSync(plain),
    decompress: (packed) => (hasZstd ? nativeZstd().zstdDecompressSync(packed) : Buffer.from(zstdInflate(packed))),
  },
};

interface NativeZstd {
  zstdCompressSync(plain: Buffer): Buffer;
  zstdDecompressSync(packed: Buffer): Buffer;
}

const hasZstd = 'zstdCompressSync' in zlib;
const nativeZstd = (): NativeZstd => zlib as unknown as NativeZstd;

/** Throws where batches cannot be compressed like that. */
export const mustCompress = (compression: Compression | undefined): void => {
  if (compression !== 'zstd' || hasZstd) return;
  throw new RangeError(`compression (zstd) needs Node 22.15 or newer; this is ${process.version}. Use lz4, or none.`);
};

/** Java's clients put blocks of Snappy into a stream of their own: magic, two versions, then blocks with their lengths. */
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const XERIAL_HEADER = 16;

const isXerial = (packed: Buffer): boolean =>
  packed.byteLength > XERIAL_HEADER && packed.subarray(0, XERIAL.byteLength).equals(XERIAL);

const inflateXerial = (packed: Buffer): Buffer => {
  const blocks: Buffer[] = [];
  for (let at = XERIAL_HEADER; at < packed.byteLength;) {
    const size = packed.readInt32BE(at);
    blocks.push(snappyDecompress(packed.subarray(at + 4, at + 4 + size)));
    at += 4 + size;
  }
  return Buffer.concat(blocks);
};
