/** A shorter input that still fails: pieces are taken out, large ones first, while it does. */
export function shrunk(bytes: Buffer, fails: (bytes: Buffer) => boolean, tries = 3000): Buffer {
  let [best, left] = [bytes, tries];
  for (let size = best.length >> 1; size > 0 && left > 0; size >>= 1) {
    for (let at = 0; at < best.length && left > 0; left -= 1) {
      const shorter = Buffer.concat([best.subarray(0, at), best.subarray(at + size)]);
      if (fails(shorter)) best = shorter;
      else at += size;
    }
  }
  return best;
}
