/** Do two values of the state say the same? Members in another order are another value. */
export const isSame = (a: object | undefined, b: object | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
