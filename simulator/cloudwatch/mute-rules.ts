import type * as sdk from '@aws-sdk/client-cloudwatch';
import { page } from '../page';
import type { SimulatedAccount } from '../world';

/** A rule that silences alarms: their actions, not their states. */
export interface MuteRule {
  readonly name: string;
  /** Names of the alarms. */
  readonly alarms: readonly string[];
  /** ACTIVE unless told. */
  readonly status?: sdk.AlarmMuteRuleStatus | undefined;
}

/** The mute rules of an account. */
export class MuteRules {
  readonly #rules = new Map<string, MuteRule>();

  constructor(private readonly account: SimulatedAccount) {}

  /** Adds a rule, or puts it in the place of its namesake. */
  put(rule: MuteRule): void {
    this.#rules.set(rule.name, rule);
  }

  readonly operations = {
    ListAlarmMuteRules: (
      input: sdk.ListAlarmMuteRulesCommandInput,
    ): Omit<sdk.ListAlarmMuteRulesCommandOutput, '$metadata'> => {
      const rules = [...this.#rules.values()].filter(
        ({ alarms, status = 'ACTIVE' }) =>
          (input.AlarmName === undefined || alarms.includes(input.AlarmName)) &&
          (!input.Statuses?.length || input.Statuses.includes(status)),
      );
      const limit = Math.min(input.MaxRecords ?? 50, this.account.pageSize);
      const { items, next } = page(rules, limit, input.NextToken, 'InvalidNextToken');
      return {
        AlarmMuteRuleSummaries: items.map(({ name, status = 'ACTIVE' }) => ({
          AlarmMuteRuleArn: this.account.arn('cloudwatch', `alarm-mute-rule:${name}`),
          Status: status,
        })),
        NextToken: next,
      };
    },
  };
}
