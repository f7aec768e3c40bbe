import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { remediations } from '../../remediations/index';
import { conditions } from '../../signals/conditions';
import { policyJsonSchema } from '../../statemachines/policy-schema';

const text = readFileSync(join(__dirname, '..', '..', 'policies', 'policy.schema.json'), 'utf8');

describe('the JSON Schema of policies', () => {
  it('is what the program checks: else run npm run schema', () => {
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(policyJsonSchema(remediations))));
  });

  it.each([...conditions.map(({ name }) => name), ...remediations.map(({ name }) => name)])(
    'lets editors complete %s',
    (name) => {
      expect(text).toContain(`"${name}"`);
    },
  );
});
