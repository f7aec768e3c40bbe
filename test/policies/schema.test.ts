import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { remediations } from '../../remediations/index';
import { conditions } from '../../signals/conditions';
import { policyJsonSchema } from '../../statemachines/policy/schema';

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

  it('takes the default policy, and not a misspelt one', () => {
    const yaml = readFileSync(join(__dirname, '..', '..', 'policies', 'default.yaml'), 'utf8');
    const schema = z.fromJSONSchema(JSON.parse(text) as z.core.JSONSchema.JSONSchema);
    expect(schema.safeParse(parse(yaml)).error?.issues ?? []).toEqual([]);
    expect(schema.safeParse(parse(yaml.replace('\nmode: observe', '\nmode: watch'))).success).toBe(false);
    expect(schema.safeParse(parse(yaml.replace('wait: 2m', 'weight: 2m'))).success).toBe(false);
    expect(schema.safeParse(parse(yaml.replace('- reboot-instance', '- reboot-instnce'))).success).toBe(false);
  });
});
