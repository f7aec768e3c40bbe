import type { Hold } from '../incident-store';
import { holdKey } from './keys';
import { number, numberIn, text, textIn, type Row } from './row';

export function holdRow(hold: Hold): Row {
  if (!hold.on) return { ...holdKey, hold: text('off') };
  return { ...holdKey, hold: text('on'), by: text(hold.by), reason: text(hold.reason), at: number(hold.at) };
}

/** Throws for a row that says neither on nor off: whoever asks takes that for on. */
export function holdFrom(row: Row): Hold {
  switch (textIn(row, 'hold')) {
    case 'off':
      return { on: false };
    case 'on':
      return { on: true, by: textIn(row, 'by'), reason: textIn(row, 'reason'), at: numberIn(row, 'at') };
    default:
      throw new Error('The row of the hold says neither on nor off. Set it again.');
  }
}
