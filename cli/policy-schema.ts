import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { remediations } from '../remediations/index';
import { stateChangeJsonSchema } from '../runtime/state-change';
import { policyJsonSchema } from '../statemachines/policy/schema';

// `npm run schema`: after a change of the policy's schema, of the conditions or of the list of remediations.
const file = join(__dirname, '..', 'policies', 'policy.schema.json');
writeFileSync(file, `${JSON.stringify(policyJsonSchema(remediations), null, 2)}\n`);
const events = join(__dirname, '..', 'docs', 'events', 'incident-state-change.schema.json');
writeFileSync(events, `${JSON.stringify(stateChangeJsonSchema(), null, 2)}\n`);
