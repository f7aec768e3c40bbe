import { emulators, type Emulator } from './endpoints';

/**
 * Runs the tests of `body` on each emulator of this run, if it answers all of these services, by IAM prefix. Where none does,
 * one skipped test says so.
 */
// eslint-disable-next-line jest/no-export -- the emulated tests run it
export function onEachEmulator(services: readonly string[], body: (emulator: Emulator) => void): void {
  const able = emulators().filter(() => services.every(isAnswered));
  for (const emulator of able) {
    describe(`on ${emulator.name}`, () => {
      body(emulator);
    });
  }
  // eslint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- the operator said so, and the summary tells it
  if (able.length === 0) test.skip(`needs ${services.join(', ')}`, () => undefined);
}

/** HOMEOSTAT_TEST_SERVICES names the services that the custom endpoint answers; all, if it is not set. */
function isAnswered(service: string): boolean {
  const answered = process.env.HOMEOSTAT_TEST_SERVICES;
  return answered === undefined || answered.split(',').some((one) => one.trim() === service);
}
