import { type CountedUnit, type Messages, countedUnits } from './messages.js';

/** Instants are told as clocks show them there. */
export const timeZone = 'Europe/Brussels';

/** Writes the figures of an explanation in a language: money, quantities, hours and instants. */
export class Figures {
  private readonly clock: Intl.DateTimeFormat;
  private readonly numbers: Intl.NumberFormat;
  private readonly plurals: Intl.PluralRules;
  private readonly lists: Intl.ListFormat;
  private readonly duration: Intl.NumberFormat;

  constructor(
    private readonly messages: Messages,
    private readonly currency: string,
    private readonly unit: string,
  ) {
    const { locale } = messages;
    const [date, time] = [{ day: 'numeric', month: 'short', year: 'numeric' } as const, '2-digit' as const];
    this.clock = new Intl.DateTimeFormat(locale, {
      ...date,
      hour: time,
      minute: time,
      timeZone,
      timeZoneName: 'short',
    });
    this.numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
    this.plurals = new Intl.PluralRules(locale);
    this.lists = new Intl.ListFormat(locale);
    this.duration = new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: 'hour',
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    });
  }

  /** In cents, unless that says nothing of a small amount. */
  money(amount: number): string {
    const size = Math.abs(amount);
    const digits = size > 0 && size < 0.01 ? { maximumSignificantDigits: 2 } : cents;
    if (/^[a-z]{3}$/i.test(this.currency))
      return new Intl.NumberFormat(this.messages.locale, {
        style: 'currency',
        currency: this.currency,
        ...digits,
      }).format(amount);
    return `${new Intl.NumberFormat(this.messages.locale, digits).format(amount)} ${this.currency}`;
  }

  number(value: number): string {
    return this.numbers.format(value);
  }

  quantity(value: number): string {
    const form = this.plurals.select(value) === 'one' ? 'one' : 'other';
    return `${this.number(value)}\u00a0${this.counted(form)}`;
  }

  /** The name of one unit. */
  get one(): string {
    return this.counted('one');
  }

  hours(value: number): string {
    return this.duration.format(value);
  }

  /** @param text RFC 3339 */
  instant(text: string): string {
    return this.clock.format(new Date(text));
  }

  list(names: readonly string[]): string {
    return this.lists.format(names);
  }

  private counted(form: 'one' | 'other'): string {
    const known = countedUnits.find((unit): unit is CountedUnit => unit === this.unit);
    return known ? this.messages.units[known][form] : this.unit;
  }
}

const cents = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
