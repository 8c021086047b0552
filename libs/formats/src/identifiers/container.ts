/** A container number as read: normalised, with doubts about it. `number` is absent for empty fields and place holders. */
export interface ContainerNumber {
  readonly number?: string;
  readonly flag?: string;
}

/**
 * Upper-cases, strips spaces and dashes, and checks against ISO 6346. A wrong check digit is a doubt, not a fault: about one
 * number in eleven has remainder 10 (written 0), and real messages contain wrong ones.
 */
export function containerNumber(text: string): ContainerNumber {
  const number = text.toUpperCase().replaceAll(/[\s-]/g, '');
  if (number === '' || number === 'CONTAINER') return { flag: 'no-equipment: the message names no container' };
  if (!/^[A-Z]{4}\d{7}$/.test(number)) return { number, flag: `not-iso-6346: ${number}` };
  const digit = checkDigit(number);
  return digit === Number(number[10]) ? { number } : { number, flag: `check-digit: ${number} should end in ${digit}` };
}

/** ISO 6346, annex A: letters count 10 to 38 without multiples of 11, position p weighs 2^p, modulo 11, then modulo 10. */
function checkDigit(number: string): number {
  let sum = 0;
  for (let place = 0; place < 10; place += 1) sum += VALUES.indexOf(number[place]!) << place;
  return (sum % 11) % 10;
}

/** Each character where its value is. */
const VALUES = '0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ';
