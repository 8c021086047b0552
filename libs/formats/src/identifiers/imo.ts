/**
 * A vessel's IMO number without the letters IMO. The check digit (weights 7 to 2, modulo 10; IMO resolution A.1117(30)) is a
 * doubt when wrong, not a fault.
 */
export function imoNumber(text: string): { readonly imo: string; readonly flag?: string } {
  const imo = text.toUpperCase().replaceAll(/[\s-]|^IMO/g, '');
  if (!/^\d{7}$/.test(imo)) return { imo, flag: `not-an-imo-number: ${imo}` };
  const sum = [0, 1, 2, 3, 4, 5].reduce((total, place) => total + Number(imo[place]) * (7 - place), 0);
  return sum % 10 === Number(imo[6]) ? { imo } : { imo, flag: `check-digit: IMO ${imo} should end in ${sum % 10}` };
}
