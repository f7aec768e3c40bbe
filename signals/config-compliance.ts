import { z } from 'zod';
import type { KnownCondition } from './conditions';
import type { ResourceKind } from './signal';
import { plainText } from './plain-text';
import { resourceOf } from './resource-id';
import { defineSource, ignored } from './source';
import { nameText, telling } from './telling';

const name = 'config-compliance';

/** What a rule is about, as Config names it and as it is named here; and what breaking the rule means. */
interface Meaning {
  readonly type: string;
  readonly kind: ResourceKind;
  readonly condition: KnownCondition;
}

const unprotected: Meaning = { type: 'AWS::DynamoDB::Table', kind: 'table', condition: 'table-unprotected' };
const open: Meaning = { type: 'AWS::S3::Bucket', kind: 'bucket', condition: 'bucket-public' };

/** By the name that AWS gives the rule. The ids that it has for what these are about are names. */
const meanings: Readonly<Record<string, Meaning>> = {
  'dynamodb-pitr-enabled': unprotected,
  'dynamodb-table-deletion-protection-enabled': unprotected,
  's3-bucket-public-read-prohibited': open,
  's3-bucket-public-write-prohibited': open,
  's3-bucket-level-public-access-prohibited': open,
};

/**
 * AWS's name of the managed rule that a rule is made of; undefined where it is none that is read here. An event has no more
 * than the rule's own name, in which conformance packs, Security Hub and people put something before or behind AWS's.
 */
export function managedRule(name: string): string | undefined {
  const around = name.toLowerCase();
  return Object.keys(meanings).find((rule) => new RegExp(`(^|[^a-z0-9])${rule}($|[^a-z0-9])`).test(around));
}

/** AWS Config finds that a resource breaks a rule, or keeps it again. */
export const configCompliance = defineSource({
  name,
  pattern: { source: ['aws.config'], 'detail-type': ['Config Rules Compliance Change'] },
  tells: ['table-unprotected', 'bucket-public'],
  worthwhile: { resourceType: [unprotected.type, open.type] },
  detail: z.object({
    configRuleName: nameText,
    resourceType: nameText,
    resourceId: nameText,
    awsAccountId: nameText,
    awsRegion: nameText,
    newEvaluationResult: z.object({ complianceType: nameText }),
  }),
  read: (detail, event) => {
    const { configRuleName: rule, resourceType: type, resourceId: id, awsAccountId, awsRegion } = detail;
    const { complianceType: verdict } = detail.newEvaluationResult;
    const managed = managedRule(rule) ?? '';
    const meaning = meanings[managed];
    if (type !== meaning?.type) return ignored(`no signal is read from the rule ${plainText(rule, 80)} of ${type}`);
    const { kind, condition } = meaning;
    if (awsAccountId !== event.account || awsRegion !== event.region) {
      return ignored(
        `the event comes from ${event.account} ${event.region}, and tells of ${awsAccountId} ${awsRegion}`,
      );
    }
    const resource = resourceOf(kind, id, event);
    if (!resource) return ignored(`the event names "${id}", which is not the name of a ${kind}`);
    // Where a rule does not apply, or has nothing to look at, it says nothing of what it is about.
    if (verdict !== 'COMPLIANT' && verdict !== 'NON_COMPLIANT') return ignored(`${id} is ${verdict} under ${rule}`);
    const told = telling(event, {
      source: name,
      resource,
      // What stands before and behind it is a name of somebody's, and the same finding is told once.
      fact: `${managed} ${verdict}@${event.at}`,
      detail: `${id} is ${verdict} under the rule ${rule}`,
    });
    return {
      kind: 'signals',
      signals: [{ kind: verdict === 'COMPLIANT' ? 'recovered' : 'unhealthy', condition, ...told }],
    };
  },
});
