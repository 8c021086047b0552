/** A linear axis: from values to pixels, with round values to mark. */
export interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** @param count about so many ticks */
export function scaleOf(values: readonly number[], from: number, to: number, count = 5): Scale {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const [low, high] = least < most ? [least, most] : [least - 1, most + 1];
  const step = roundStep((high - low) / count);
  const first = Math.floor(low / step) * step;
  const last = Math.ceil(high / step) * step;
  const ticks = Array.from({ length: Math.round((last - first) / step) + 1 }, (_, index) => first + index * step);
  return { at: (value) => from + ((value - first) / (last - first)) * (to - from), ticks };
}

/** 1, 2 or 5 times a power of ten, not below. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find((each) => each * power >= rough * 0.999)!;
  return digit * power;
}
