import { readPolicyFrom } from '../../runtime/policy-file';
import { conditions } from '../../signals/conditions';
import type { Policy } from '../../statemachines/policy';
import { policyOfAll } from '../permissions/deployment';

export const account = '111122223333';
export const region = 'eu-west-1';

/** The policy of that text. Throws where it has faults. */
export function policyOf(text: string): Policy {
  const read = readPolicyFrom(text, 'policy.yaml');
  if (read.kind === 'policy') return read.policy;
  throw new Error(read.errors.map(({ message }) => message).join('\n'));
}

const contacts = "contacts: { oncall: { topic: 'arn:aws:sns:eu-west-1:111122223333:oncall' } }";

/** Every remediation may start. */
export const acting = `
mode: act
rules: ${JSON.stringify(policyOfAll('act').rules)}
${contacts}
`;

const onAll = { name: 'all', on: conditions.map(({ name }) => name), try: [], escalate: ['oncall'] };

/** The same, and a rule on every sickness that there is. */
export const takingAll = `
mode: act
rules: ${JSON.stringify([...policyOfAll('act').rules, onAll])}
${contacts}
`;

/** One rule only observes, one asks. */
export const mixed = `
mode: approve
regions: [eu-west-1, eu-central-1]
rules:
  - { name: seen, on: [db-instance-impaired], mode: observe, try: [failover-db-instance], escalate: [oncall] }
  - { name: asked, on: [ec2-instance-impaired], try: [reboot-instance], escalate: [oncall] }
  - name: queue-stuck
    events: { source: [shop.orders], detail-type: [Queue Stuck] }
    resource: { kind: other, id: { path: detail.queue } }
    try:
      - run-ssm-automation: { document: AWS-RestartService, version: '1', runsAsCaller: true, inputs: { Queue: ['{{resource.id}}'] } }
    escalate: [oncall]
${contacts}
`;
