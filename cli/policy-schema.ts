import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { remediations } from '../remediations/index';
import { stateChangeJsonSchema } from '../runtime/state-change';
import { customHealthJsonSchema } from '../signals/custom-health';
import { policyJsonSchema } from '../statemachines/policy/schema';

// `npm run schema`: after a change of the policy's schema, of the conditions or of the list of remediations.
const file = join(__dirname, '..', 'policies', 'policy.schema.json');
writeFileSync(file, `${JSON.stringify(policyJsonSchema(remediations), null, 2)}\n`);
const events = join(__dirname, '..', 'docs', 'events');
const published = {
  'incident-state-change': stateChangeJsonSchema(),
  'custom-health': customHealthJsonSchema(),
};
for (const [event, schema] of Object.entries(published)) {
  writeFileSync(join(events, `${event}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
