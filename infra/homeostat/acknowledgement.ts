import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * Says why the resources of these statements, which stand in the policy of `of`, have to be patterns. A wildcard in any other
 * statement, or in an action, stays a finding.
 */
export function acknowledgePatterns(of: IConstruct, statements: readonly PolicyStatement[], reason: string): void {
  const patterns = statements.flatMap((statement) => {
    const json = Stack.of(of).resolve(statement.toStatementJson()) as { Resource?: unknown };
    return [json.Resource]
      .flat()
      .map(textOf)
      .filter((text) => text.includes('*'));
  });
  for (const pattern of new Set(patterns)) {
    Validations.of(of).acknowledge({ id: `AwsSolutions-IAM5[Resource::${pattern}]`, reason });
  }
}

/** Says why these actions, which stand in the policy of `of`, have to be patterns. */
export function acknowledgeActions(of: IConstruct, actions: readonly string[], reason: string): void {
  for (const action of actions.filter((one) => one.includes('*'))) {
    Validations.of(of).acknowledge({ id: `AwsSolutions-IAM5[Action::${action}]`, reason });
  }
}

/** As cdk-nag writes it: what only the deployment knows stands in angle brackets. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const [[kind, argument] = ['', '']] = Object.entries(value) as [string, unknown][];
  if (kind === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    return argument[1].map(textOf).join(String(argument[0]));
  }
  return `<${Array.isArray(argument) ? argument.join('.') : String(argument)}>`;
}
