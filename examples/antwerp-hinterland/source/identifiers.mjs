/** IMO number with its check digit: the six digits times 7…2, last digit of the sum (IMO Resolution A.1117(30)). */
export function imoNumber(six) {
  const digits = String(six).padStart(6, '0');
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (7 - index), 0);
  return digits + (sum % 10);
}

export const isImoNumber = (text) => /^\d{7}$/.test(text) && imoNumber(text.slice(0, 6)) === text;

// ISO 6346: letters count 10, 12, 13 … 38, leaving out the multiples of 11.
const letterValue = Object.fromEntries(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, index) => [letter, index + 10 + Math.floor((index + 9) / 10)]),
);

/** Container number with its check digit (ISO 6346): values times 2^position, modulo 11, 10 is written 0. */
export function containerNumber(owner, serial) {
  const body = owner + String(serial).padStart(6, '0');
  const sum = [...body].reduce(
    (total, character, index) => total + (letterValue[character] ?? Number(character)) * 2 ** index,
    0,
  );
  return body + ((sum % 11) % 10);
}

export const isContainerNumber = (text) =>
  /^[A-Z]{3}U\d{7}$/.test(text) && containerNumber(text.slice(0, 4), text.slice(4, 10)) === text;

// Owner codes ending in U that are made up for this example.
const owners = { dry: ['QXHU', 'ZVDU', 'WQSU', 'XJAU'], reefer: ['QXRU', 'ZVKU', 'XJFU'] };

/** Gives out container numbers, each once. */
export function containerPool(random) {
  const used = new Set();
  return (kind) => {
    for (;;) {
      const number = containerNumber(random.pick(owners[kind]), random.whole(200_000, 899_999));
      if (!used.has(number)) return used.add(number) && number;
    }
  };
}
