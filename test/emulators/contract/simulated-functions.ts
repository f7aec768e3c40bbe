import type { SimulatedServices } from '../../../simulator/world';
import type { Builders } from './place';

/** Adds functions to a simulated account that are published, and what brings them records. */
export function simulatedFunctions({
  lambda,
}: SimulatedServices): Pick<Builders, 'deployedFunction' | 'eventSourceMapping'> {
  const name = 'checkout';
  return {
    deployedFunction: async () => {
      lambda.add({ name, aliases: [{ name: 'live', version: 2, before: 1 }] });
    },
    eventSourceMapping: async (tags = {}) => {
      const id = '4f1c7d20-0000-4000-8000-000000000001';
      lambda.add({ name, tags });
      lambda.mappings.add({ id, function: name, tags });
      return id;
    },
  };
}
