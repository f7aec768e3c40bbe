import { contractCases } from './contract/cases';
import { disagreements } from './disagreements';
import { emulators, type Emulator } from './endpoints';

/**
 * Runs the tests of `body` on each emulator of this run, if it answers all of these services, by IAM prefix. Where none does,
 * one skipped test says so. `operations` are those that it must know as well: one that holds in no contract case there is not known to it.
 */
// eslint-disable-next-line jest/no-export -- the emulated tests run it
export function onEachEmulator(
  services: readonly string[],
  body: (emulator: Emulator) => void,
  operations: readonly string[] = [],
): void {
  const able = emulators().filter(
    ({ name }) => services.every(isAnswered) && operations.every((operation) => isKnown(operation, name)),
  );
  for (const emulator of able) {
    describe(`on ${emulator.name}`, () => {
      body(emulator);
    });
  }
  // eslint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- the operator said so, and the summary tells it
  if (able.length === 0) test.skip(`needs ${services.join(', ')}`, () => undefined);
}

/** Whether an emulator does in some case of an operation what AWS does; of a custom endpoint that is believed. */
function isKnown(operation: string, emulator: string): boolean {
  const cases = contractCases.filter((one) => one.operation === operation).length;
  return disagreements.filter((row) => row.operation === operation && row.emulator === emulator).length < cases;
}

/** HOMEOSTAT_TEST_SERVICES names the services that the custom endpoint answers; all, if it is not set. */
function isAnswered(service: string): boolean {
  const answered = process.env.HOMEOSTAT_TEST_SERVICES;
  return answered === undefined || answered.split(',').some((one) => one.trim() === service);
}
