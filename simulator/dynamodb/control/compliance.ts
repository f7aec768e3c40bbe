import type { SimulatedAccount } from '../../world';
import type { TableState } from './state';

/** From a change to the word of AWS Config about it, in milliseconds. */
const evaluationTakes = 3 * 60_000;

/** Rules of AWS Config that an account is held to, each by the name that AWS gives it. */
const rules = {
  'dynamodb-pitr-enabled': ({ recovery }: TableState) => recovery !== undefined,
  'dynamodb-table-deletion-protection-enabled': ({ deletionProtection }: TableState) => deletionProtection,
} as const;

type Verdict = 'COMPLIANT' | 'NON_COMPLIANT';

/** AWS Config, as far as it looks at tables: it tells when a table has come to break a rule, or to keep it again. */
export class Compliance {
  /** What was last told of a table under a rule; a table is taken to have kept a rule until it is looked at. */
  readonly #told = new Map<string, Verdict>();

  constructor(private readonly account: SimulatedAccount) {}

  /** To be called whenever the table may keep another rule than before. */
  weigh(state: TableState): void {
    this.account.clock.after(evaluationTakes, () => {
      for (const [rule, isKept] of Object.entries(rules)) {
        this.#tell(rule, state.name, isKept(state) ? 'COMPLIANT' : 'NON_COMPLIANT');
      }
    });
  }

  #tell(rule: string, resourceId: string, now: Verdict): void {
    const key = `${rule}/${resourceId}`;
    const before = this.#told.get(key);
    this.#told.set(key, now);
    if (now === (before ?? 'COMPLIANT')) return;
    const { id, region, clock } = this.account;
    const at = new Date(clock.now()).toISOString();
    const resourceType = 'AWS::DynamoDB::Table';
    const result = (complianceType: Verdict): object => ({
      evaluationResultIdentifier: {
        evaluationResultQualifier: { configRuleName: rule, resourceType, resourceId },
        orderingTimestamp: at,
      },
      complianceType,
      resultRecordedTime: at,
      configRuleInvokedTime: at,
    });
    this.account.bus.emit('aws.config', 'Config Rules Compliance Change', [], {
      resourceId,
      awsRegion: region,
      awsAccountId: id,
      configRuleName: rule,
      recordVersion: '1.0',
      configRuleARN: this.account.arn('config', `config-rule/config-rule-${rule}`),
      messageType: 'ComplianceChangeNotification',
      newEvaluationResult: result(now),
      ...(before && { oldEvaluationResult: result(before) }),
      notificationCreationTime: at,
      resourceType,
    });
  }
}
