import type { SeenCall } from '../seen-calls';

/** The account and region of the simulated account and of the synthesised stack. */
export const account = '111122223333';
export const region = 'eu-central-1';
/** An execution that there is not before it was started. */
export const execution = '00000000-0000-4000-8000-00000000000e';

export type Input = Readonly<Record<string, unknown>>;
/** ARNs that AWS asks IAM about because of a call, by its input. */
export type Arns = (input: Input, call: SeenCall) => readonly string[];

export const arn = (service: string, resource: string, where: string = region): string =>
  `arn:aws:${service}:${where}:${account}:${resource}`;

export const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');
