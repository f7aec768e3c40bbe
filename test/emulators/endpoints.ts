import { randomInt } from 'node:crypto';

/** `custom` is the one of HOMEOSTAT_TEST_ENDPOINT, whatever it is. */
export type EmulatorName = 'moto' | 'ministack' | 'custom';

export interface Emulator {
  readonly name: EmulatorName;
  readonly endpoint: string;
}

/** How test/emulators/run.ts hands the started emulators to the tests: as JSON. */
export const variable = 'HOMEOSTAT_EMULATORS';

export const region = 'eu-central-1';

/** The emulators of this run. */
export function emulators(): readonly Emulator[] {
  const told = process.env[variable];
  if (told === undefined)
    throw new Error(`no emulator was started: run \`npm run test:emulators\`, not jest by itself`);
  return JSON.parse(told) as Emulator[];
}

/** What a client of an emulator is made with. The access key is the account: emulators keep the resources of each key of twelve digits apart. */
export function clientSettings(
  endpoint: string,
  account = '111122223333',
): {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
} {
  return { region, endpoint, credentials: { accessKeyId: account, secretAccessKey: 'test' }, maxAttempts: 1 };
}

/** An account that no other test of this run uses: test files share the emulators. */
export function freshAccount(): string {
  return `4${`${randomInt(1e11)}`.padStart(11, '0')}`;
}
