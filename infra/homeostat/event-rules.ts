import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Deployment } from './deployment';
import { rulePatterns } from './rule-patterns';
import type { WorkQueue } from './work-queue';

const daySeconds = 24 * 3600;

/** Takes events off the account's own bus and puts them into the work queue. */
export class EventRules extends Construct {
  readonly arns: readonly string[];
  private readonly rules: readonly CfnRule[];

  constructor(scope: Construct, id: string, deployment: Deployment, { work, deadLetters }: WorkQueue) {
    super(scope, id);
    this.rules = rulePatterns(deployment).map(
      (one) =>
        new CfnRule(this, one.id, {
          name: `${deployment.name}-${one.id}`,
          description: `Events that Homeostat ${deployment.name} acts on: ${one.id}`,
          eventPattern: one.pattern,
          state: 'ENABLED',
          targets: [
            {
              id: 'work',
              arn: work.queueArn,
              deadLetterConfig: { arn: deadLetters.queueArn },
              retryPolicy: { maximumEventAgeInSeconds: daySeconds, maximumRetryAttempts: 185 },
            },
          ],
        }),
    );
    this.arns = this.rules.map(({ attrArn }) => attrArn);
  }
  /** Lets every rule send to this target, too; answers with the rules. */
  alsoSendTo(target: CfnRule.TargetProperty): readonly CfnRule[] {
    for (const rule of this.rules) rule.targets = [...(rule.targets as CfnRule.TargetProperty[]), target];
    return this.rules;
  }
}
