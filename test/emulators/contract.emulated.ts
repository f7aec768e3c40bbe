import type { ContractCase, Facts } from './contract/case';
import { contractCases } from './contract/cases';
import { emulatedPlace } from './contract/emulated-place';
import { disagreements } from './disagreements';
import { onEachEmulator } from './each';

const services = [...new Set(contractCases.map(({ operation }) => operation.split(':')[0] ?? ''))];

async function seenBy({ seen }: ContractCase, endpoint: string): Promise<Facts> {
  try {
    return await seen(emulatedPlace(endpoint));
  } catch (error) {
    return { threw: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

for (const service of services) {
  // The stage of every service is set with instances, if with anything else.
  onEachEmulator(['ec2', service], ({ name, endpoint }) => {
    for (const one of contractCases.filter(({ operation }) => operation.startsWith(`${service}:`))) {
      const listed = disagreements.find(
        (row) => row.emulator === name && row.operation === one.operation && row.case === one.name,
      );
      if (listed === undefined) {
        test(`${one.operation}: ${one.name}`, async () => {
          expect(await seenBy(one, endpoint)).toEqual(one.agreed);
        });
      } else {
        test(`${one.operation}: as listed, it does not hold here that ${one.name}`, async () => {
          // Whoever sees this fail: the emulator has learnt it. Take the row out of disagreements/.
          expect(await seenBy(one, endpoint)).not.toEqual(one.agreed);
        });
      }
    }
  });
}
