import { join } from 'node:path';
import { CompiledPolicyError, compilePolicy, loadPolicy } from '../../runtime/compiled-policy';
import { readPolicyFile } from '../../runtime/policy-file';
import { matchesPattern } from '../../signals/event-pattern';
import { policyOf } from './world';

const asData = (policy: object): unknown => JSON.parse(JSON.stringify(policy));

describe('a compiled policy', () => {
  it('is the policy that it was made of', () => {
    const read = readPolicyFile(join(__dirname, '..', '..', 'policies', 'default.yaml'));
    if (read.kind !== 'policy') throw new Error('the default policy has faults');
    expect(asData(loadPolicy(compilePolicy(read.policy)))).toEqual(asData(read.policy));
  });

  it('still matches what its patterns matched: of events and of resources', () => {
    const policy = policyOf(`
mode: observe
rules:
  - name: custom
    events: { source: [custom.app], detail: { kind: [{ prefix: sick }] } }
    resource: { kind: ec2-instance, id: { path: detail.id } }
    where: { tags: { service: [web] } }
    try: []
    escalate: [oncall]
contacts:
  oncall: { topic: 'arn:aws:sns:eu-central-1:111122223333:oncall', format: email }
`);
    const { mappings, rules } = loadPolicy(compilePolicy(policy));
    expect(matchesPattern(mappings[0]!.pattern, { source: 'custom.app', detail: { kind: 'sickly' } })).toBe(true);
    expect(matchesPattern(mappings[0]!.pattern, { source: 'custom.app', detail: { kind: 'well' } })).toBe(false);
    const [clause] = rules[0]!.where;
    const [was] = policy.rules[0]!.where;
    const subject = { tags: { service: 'web' } };
    expect(matchesPattern(clause!.pattern, subject)).toBe(matchesPattern(was!.pattern, subject));
  });

  it.each([
    ['of another format', '{"format":0,"policy":{}}', 'has format 0; this program reads format'],
    ['without a format', '{}', 'has format none'],
    ['that is nothing', 'null', 'has format none'],
    ['that is no JSON', 'mode: observe', 'is no JSON'],
  ])('%s is refused, with what to do', (_what, text, reason) => {
    expect(() => loadPolicy(text)).toThrow(CompiledPolicyError);
    expect(() => loadPolicy(text)).toThrow(reason);
    expect(() => loadPolicy(text)).toThrow('npm run bundle');
  });
});
