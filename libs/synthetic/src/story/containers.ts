/** Owner code that is made up; the category is U, freight containers. */
const OWNER = 'SYNU';
const MOST_ABOARD = 20;

/** Container numbers with their check digits (ISO 6346), one a TEU, the `number`th group of at most 20. */
export const containers = (number: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const serial = String((number * MOST_ABOARD + index) % 1_000_000).padStart(6, '0');
    return `${OWNER}${serial}${checkDigit(OWNER + serial)}`;
  });

/** Letters count from 10 on, without the multiples of 11; each place counts twice the one before. */
function checkDigit(text: string): number {
  const sum = [...text].reduce((total, sign, place) => total + valueOf(sign) * 2 ** place, 0);
  return (sum % 11) % 10;
}

function valueOf(sign: string): number {
  if (sign >= '0' && sign <= '9') return Number(sign);
  const place = sign.charCodeAt(0) - 65 + 10;
  return place + Math.floor((place - 1) / 10);
}
