/** The same numbers in an array with room for twice as many as are needed, where it has not enough. */
export function enlarged<Numbers extends Int32Array | Float64Array>(numbers: Numbers, needed: number): Numbers {
  if (numbers.length >= needed) return numbers;
  const larger = new (numbers.constructor as new (length: number) => Numbers)(2 * needed);
  larger.set(numbers);
  return larger;
}
