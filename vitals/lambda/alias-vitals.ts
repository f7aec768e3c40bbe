import { defineVitals } from '../vitals';
import { aliasReads, readAlias, workOnAlias } from './alias';
import { functionTags } from './function';

/** An alias leads to a version. Whether that does its work only metrics tell. */
export const aliasVitals = defineVitals({
  kind: 'function-alias',
  reads: [...aliasReads, 'lambda:ListTags'],
  sees: [],
  async health({ id }, _condition, aws) {
    const found = await readAlias(id, aws);
    if (found.kind === 'absent') return { kind: 'gone', detail: `the alias ${id} no longer exists` };
    return { kind: 'healthy', detail: `${id} leads to version ${found.version}` };
  },
  tags: functionTags,
  place: () => Promise.resolve({ groups: [] }),
  async busy({ id }, aws) {
    const found = await readAlias(id, aws);
    return found.kind === 'absent' ? undefined : workOnAlias(found);
  },
});
