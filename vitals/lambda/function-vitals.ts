import { defineVitals } from '../vitals';
import { functionReads, functionTags, readFunction } from './function';

/** A function of Lambda is there or it is not. Whether it does its work only metrics tell, and what is too much its owner says. */
export const functionVitals = defineVitals({
  kind: 'function',
  reads: [...functionReads, 'lambda:ListTags'],
  sees: [],
  async health({ id }, _condition, aws) {
    const found = await readFunction(id, aws);
    if (found.kind === 'absent') return { kind: 'gone', detail: `the function ${id} no longer exists` };
    return found.reserved === 0
      ? { kind: 'unhealthy', detail: `somebody has stopped ${id}: its reserved concurrency is 0` }
      : { kind: 'healthy', detail: `the function ${id} may run` };
  },
  tags: functionTags,
  // A function that is in no network of its own stands in all zones.
  place: () => Promise.resolve({ groups: [] }),
});
