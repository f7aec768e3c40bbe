import type { SimulatedAccount } from '../../simulator/world';
import type { Randomness } from '../randomness';
import type { Ailment } from './ailments';

/** Draws something that falls sick at this time, in milliseconds after the start. */
export type Ailing = (after: number, random: Randomness) => Ailment;

/** Something that befalls what an account holds; nothing where it was done before. */
export function ailing(
  what: string,
  befall: (services: SimulatedAccount['services'], random: Randomness, account: SimulatedAccount) => void,
): Ailing {
  return (after, random) => ({
    after,
    what,
    befall: (account) => {
      befall(account.services, random, account);
    },
  });
}

/** A rung of a ladder with the approval that the drawn policy asks for: `- try: [${rung('reboot-instance')}]`. */
export type RungText = (remediation: string, parameters?: object) => string;

/** A further system of an account, such as its caches: what it holds, what of it falls sick, and how a policy heals it. */
export interface Estate {
  /** What it adds to the description of an account, by field, with its alarms; and what of that can fall sick: never none. */
  readonly draw: (random: Randomness) => {
    readonly description: Readonly<Record<string, readonly object[]>>;
    readonly ailments: readonly [Ailing, ...Ailing[]];
  };
  /** Rules of a policy, as YAML that is indented by two: ` - name: …`. */
  readonly rules: (rung: RungText) => string;
  /** What alarms mean that no source reads, as a policy's `conditions` say it. */
  readonly conditions?: readonly object[];
}
