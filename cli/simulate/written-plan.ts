import { InvalidArgumentError } from 'commander';
import { faultNames, type FaultName } from '../../proof/faults/catalogue';
import { mutations } from '../../proof/mutations';
import { blindSpots } from '../../proof/mutations/blind-spots';
import type { Mutation } from '../../proof/mutations/mutation';
import type { TrialPlan } from '../../proof/trial';
import { didYouMean } from '../../statemachines/policy/nearest-name';

/** How no fault at all is written. */
const none = 'none';
/** Seeds are 32 bits at most: more would be the same ones again. */
const largestSeed = 2 ** 31 - 1;

/** A whole number from 0. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > largestSeed) {
    throw new InvalidArgumentError(`It has to be a whole number from 0 to ${largestSeed}.`);
  }
  return value;
}

/** A whole number from 1. */
export function positiveNumber(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('It has to be 1 or more.');
  return value;
}

/** Faults by their names, with commas between; `none` for none of them. */
export function writtenFaults(text: string): readonly FaultName[] {
  if (text === none) return [];
  return text.split(',').map((written) => {
    const name = faultNames.find((one) => one === written.trim());
    if (name) return name;
    throw new InvalidArgumentError(
      `There is no fault ${written}${didYouMean(written, faultNames) || `; there are ${faultNames.join(', ')}`}`,
    );
  });
}

/** Planted bugs by their names, with commas between. */
export function writtenMutations(text: string): readonly Mutation[] {
  const all = [...mutations, ...blindSpots];
  const names = all.map(({ name }) => name);
  return text.split(',').map((written) => {
    const mutation = all.find(({ name }) => name === written.trim());
    if (mutation) return mutation;
    throw new InvalidArgumentError(
      `There is no mutation ${written}${didYouMean(written, names) || `; there are ${names.join(', ')}`}`,
    );
  });
}

/** Places of things that fall sick, with commas between; `none` for none of them. */
export function writtenPlaces(text: string): readonly number[] {
  return text === none ? [] : text.split(',').map((one) => wholeNumber(one.trim()));
}

/** The one line that runs a trial again. */
export function commandOf({ seed, only, ailments }: TrialPlan): string {
  const words = [
    `homeostat simulate --seed ${seed}`,
    ...(only ? [`--only ${only.join(',') || none}`] : []),
    ...(ailments ? [`--ailments ${ailments.join(',') || none}`] : []),
  ];
  return words.join(' ');
}
