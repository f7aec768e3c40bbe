import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { remediations } from '../../remediations/index';
import { readPolicyFile } from '../../runtime/policy-file';
import { conditions } from '../../signals/conditions';

const file = join(__dirname, '..', '..', 'policies', 'default.yaml');
const reading = readPolicyFile(file);

describe('the default policy', () => {
  it('is sound, and warns only of the contact that is to be filled in', () => {
    expect(reading.kind === 'errors' ? reading.errors : []).toEqual([]);
    expect(reading.kind === 'policy' && reading.warnings.map(({ message }) => message)).toEqual([
      'the topic of oncall is a placeholder, and nobody reads it: write the ARN of your own SNS topic',
    ]);
  });

  it('only observes', () => {
    expect(
      reading.kind === 'policy' && [reading.policy.mode, ...reading.policy.rules.map(({ rule }) => rule.mode)],
    ).toEqual(expect.not.arrayContaining(['approve', 'act']));
    expect(reading.kind === 'policy' && reading.policy.mode).toBe('observe');
  });

  it.each(conditions.map(({ name }) => name))('has a rule on %s', (condition) => {
    expect(reading.kind === 'policy' && reading.policy.rules.some(({ on }) => on.includes(condition))).toBe(true);
  });

  // A document of Systems Manager must be named and reviewed by its operator, and so must what carries no tags or stands nowhere but in
  // his head: no ladder can hold one from the start.
  const needsItsOperator = [
    ...['run-ssm-automation', 'restart-service-process', 'expand-ebs-volume'],
    ...['failover-multi-region-access-point', 'flip-routing-control', 'failover-dns-record', 'restore-log-delivery'],
  ];

  it.each(remediations.map(({ name }) => name).filter((name) => !needsItsOperator.includes(name)))(
    'tries %s somewhere',
    (name) => {
      const tried = reading.kind === 'policy' ? reading.policy.rules.flatMap(({ rule }) => rule.ladder) : [];
      expect(tried.map(({ remediation }) => remediation)).toContain(name);
    },
  );

  it('tells an editor where its schema is', () => {
    expect(readFileSync(file, 'utf8')).toMatch(/^# yaml-language-server: \$schema=\.\/policy\.schema\.json\n/);
  });
});
