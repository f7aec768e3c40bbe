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

/**
 * Runs the tests of `body` on each emulator that answers all of these services, by IAM prefix. Where none of this run does
 * (see HOMEOSTAT_TEST_SERVICES), one skipped test says so.
 */
export function onEachEmulator(services: readonly string[], body: (emulator: Emulator) => void): void {
  const able = emulators().filter(() => services.every(isAnswered));
  for (const emulator of able) {
    describe(`on ${emulator.name}`, () => {
      body(emulator);
    });
  }
  // eslint-disable-next-line jest/no-disabled-tests, jest/expect-expect, jest/valid-title -- by the operator's own word, and seen in the summary
  if (able.length === 0) test.skip(`needs ${services.join(', ')}`, () => undefined);
}

/** HOMEOSTAT_TEST_SERVICES names the services that the custom endpoint answers; all, if it is not set. */
function isAnswered(service: string): boolean {
  const answered = process.env.HOMEOSTAT_TEST_SERVICES;
  return answered === undefined || answered.split(',').some((one) => one.trim() === service);
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

let accounts = 0;

/** An account that no other test of this run uses, in this process or another. */
export function freshAccount(): string {
  accounts += 1;
  const worker = Number(process.env.JEST_WORKER_ID ?? 0) % 100;
  return `4${`${process.pid}`.padStart(7, '0').slice(-7)}${`${worker}`.padStart(2, '0')}${`${accounts}`.padStart(2, '0')}`;
}
