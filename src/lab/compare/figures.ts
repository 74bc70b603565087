/** Numbers as people read them on a page: `1,234.50`, `+12.00`, `−3.1 %`. */
import { exponentOf, formatAmount, type MinorUnits } from '../../core/money.ts';
import type { Cell, CellKind } from './tables.ts';

export class Figures {
  readonly currency: string;
  readonly #exponent: number;

  constructor(currency: string) {
    this.currency = currency;
    this.#exponent = exponentOf(currency);
  }

  amount(amountMinor: number): string {
    const text = formatAmount(Math.abs(amountMinor) as MinorUnits, this.currency);
    return (amountMinor < 0 ? MINUS : '') + grouped(text);
  }

  change(amountMinor: number): string {
    return (amountMinor > 0 ? '+' : '') + this.amount(amountMinor);
  }

  /** `1.2M` in major units, for an axis. */
  short(amountMinor: number): string {
    const major = shortCount(Math.abs(amountMinor) / 10 ** this.#exponent);
    return (amountMinor < 0 ? MINUS : '') + major;
  }

  /** As a cell of a table; what is not known is nothing. */
  cell(kind: CellKind, cell: Cell): string {
    if (cell === undefined || typeof cell === 'string') return cell ?? '';
    switch (kind) {
      case 'amount':
        return this.amount(cell);
      case 'change':
        return this.change(cell);
      case 'share':
        return changeShare(cell);
      case 'text':
      case 'order':
      case 'count':
        return count(cell);
      default:
        return kind satisfies never;
    }
  }
}

/** `1.2M`, for an axis. */
export function shortCount(number: number): string {
  return SHORT.format(number);
}

/** `1 card`, `1,000 cards`. */
export function counted(number: number, what: string): string {
  return `${count(number)} ${what}${number === 1 ? '' : 's'}`;
}

export function count(number: number): string {
  return grouped(String(number));
}

/** Of a part of a whole: `12.3 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** Of a change: `+12.3 %`, `−0.4 %`. */
export function changeShare(share: number): string {
  return (share < 0 ? MINUS : share > 0 ? '+' : '') + percent(Math.abs(share));
}

const MINUS = '\u2212';

const SHORT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

function grouped(text: string): string {
  const point = text.indexOf('.');
  const whole = point === -1 ? text : text.slice(0, point);
  return whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + text.slice(whole.length);
}
