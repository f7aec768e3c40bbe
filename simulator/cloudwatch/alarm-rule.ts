import { Refusal } from '../refusal';

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** The rule of a composite alarm, read. */
export interface AlarmRule {
  /** Names or ARNs of the alarms that it asks about. */
  readonly children: readonly string[];
  holds(stateOf: (alarm: string) => AlarmState | undefined): boolean;
}

type Node = (stateOf: (alarm: string) => AlarmState | undefined) => boolean;

const tokens =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^")\s]+))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))/gy;

/** Reads `ALARM(a) AND NOT (OK("b") OR TRUE)`. Refuses what it can't read, as PutCompositeAlarm does. */
export function readAlarmRule(text: string): AlarmRule {
  const words = [...text.matchAll(tokens)];
  const children: string[] = [];
  let at = 0;
  const fail = (): never => {
    throw new Refusal('ValidationError', `Invalid alarm rule: ${text}`);
  };
  const take = (word: string): boolean => {
    const found = words[at]?.[4] === word || words[at]?.[5] === word;
    if (found) at += 1;
    return found;
  };
  const one = (): Node => {
    if (take('NOT')) {
      const inner = one();
      return (stateOf) => !inner(stateOf);
    }
    if (take('TRUE')) return () => true;
    if (take('FALSE')) return () => false;
    if (take('(')) {
      const inner = either();
      return take(')') ? inner : fail();
    }
    const [, state, quoted, bare] = words[at++] ?? [];
    const child = quoted ?? bare;
    if (state === undefined || child === undefined) return fail();
    children.push(child);
    return (stateOf) => stateOf(child) === state;
  };
  const both = (): Node => {
    const parts = [one()];
    while (take('AND')) parts.push(one());
    return (stateOf) => parts.every((part) => part(stateOf));
  };
  const either = (): Node => {
    const parts = [both()];
    while (take('OR')) parts.push(both());
    return (stateOf) => parts.some((part) => part(stateOf));
  };
  const holds = either();
  const read = words.reduce((length, [word]) => length + word.length, 0);
  if (at < words.length || read < text.trimEnd().length) fail();
  return { children, holds };
}
