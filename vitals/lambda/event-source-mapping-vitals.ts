import { plainText } from '../../signals/plain-text';
import { defineVitals } from '../vitals';
import { isMappingId, mappingReads, readMapping, workOnMapping } from './event-source-mapping';
import { lambdaTags } from './function';

/** A mapping is well while it is enabled. How far behind it is only the metrics of its source or of its function tell. */
export const eventSourceMappingVitals = defineVitals({
  kind: 'event-source-mapping',
  reads: [...mappingReads, 'lambda:ListTags'],
  sees: ['event-source-disabled'],
  async health(resource, _condition, aws) {
    const found = await readMapping(resource, aws);
    if (found.kind === 'absent') return { kind: 'gone', detail: `the mapping ${resource.id} no longer exists` };
    const detail = `the mapping ${found.uuid} to ${found.function} is ${found.state}`;
    return found.state === 'Enabled' ? { kind: 'healthy', detail } : { kind: 'unhealthy', detail };
  },
  async tags(resource, aws) {
    const { id } = resource;
    if (!isMappingId(id)) throw new Error(`${plainText(id)} is not the UUID of an event source mapping`);
    return lambdaTags(resource, `event-source-mapping:${id}`, aws);
  },
  place: () => Promise.resolve({ groups: [] }),
  async busy(resource, aws) {
    const found = await readMapping(resource, aws);
    return found.kind === 'absent' ? undefined : workOnMapping(found);
  },
});
