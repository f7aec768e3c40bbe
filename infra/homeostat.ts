import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnOutput, Token, Validations } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { compilePolicy } from '../runtime/compiled-policy';
import { tableDefinition } from '../runtime/store/dynamodb-store/table-definition';
import { readPolicyFile } from '../runtime/policy-file';
import type { Policy } from '../statemachines/policy';
import { AnswerPage } from './homeostat/answer-page';
import { createArchive } from './homeostat/archive';
import { createDashboard } from './homeostat/dashboard';
import { type Deployment, deploymentOf, rolePrefix } from './homeostat/deployment';
import { createEventBus } from './homeostat/event-bus';
import { EventLog } from './homeostat/event-log';
import { EventRules } from './homeostat/event-rules';
import { Functions } from './homeostat/functions';
import { createTable } from './homeostat/incident-table';
import { createKey } from './homeostat/keys';
import { RemediationRoles } from './homeostat/roles';
import { Schedules } from './homeostat/schedules';
import { SelfAlarms } from './homeostat/self-alarms';
import { createSelfTopic } from './homeostat/topics';
import { WorkQueue } from './homeostat/work-queue';
import { createWearing } from './homeostat/wearing';
import { createWorkerPolicy } from './homeostat/worker-policy';

export interface HomeostatProps {
  /** What everything is named after, so that two can stand in one account; `homeostat` if absent. It cannot be changed later. */
  readonly name?: string;
  /** File of the policy. Its rules say what may be touched: a change of it is a deployment. */
  readonly policyFile: string;
  /** Folder of the bundle, which `npm run bundle` makes from the same policy. */
  readonly code: string;
  /** Who is mailed when Homeostat itself is not well; each has to confirm once. Absent: nobody, subscribe to the topic yourself. */
  readonly alarmEmails?: readonly string[];
  /** Seconds after which an event is too old to be acted on; an hour if absent. */
  readonly maxEventAgeSeconds?: number;
  /** How long the functions' logs are kept; three months if absent. */
  readonly logRetention?: RetentionDays;
  /** Whether people can answer by a link, on a page that anybody can reach; yes if absent. Else they use the command. */
  readonly answerPage?: boolean;
  /** Days that events are kept in the archive; 30 if absent. */
  readonly archiveDays?: number;
  /** Whether events are kept in a log group, too, so that they can be recorded, for as long as the logs; yes if absent. */
  readonly eventLog?: boolean;
}

/** Homeostat in one account and region, with all that it needs. The parts that others may want to refer to are public. */
export class Homeostat extends Construct {
  readonly deployment: Deployment;
  readonly queues: WorkQueue;
  readonly functions: Functions;
  readonly roles: RemediationRoles;
  readonly alarms: SelfAlarms;
  /** Absent where people answer by the command alone. */
  readonly page?: AnswerPage;
  /** ARN of the bus that state changes of incidents are told on. */
  readonly busArn: string;

  constructor(scope: Construct, id: string, props: HomeostatProps) {
    super(scope, id);
    const policy = policyIn(props.policyFile);
    holdBundleTo(policy, props.code);
    const deployment = deploymentOf(this, props.name ?? 'homeostat', policy);
    this.deployment = deployment;
    warnOfOthers(this, deployment);

    const key = createKey(this, deployment);
    const table = createTable(this, deployment, key);
    this.queues = new WorkQueue(this, 'Queues', deployment, key);
    const rules = new EventRules(this, 'Rules', deployment, this.queues);
    const schedules = new Schedules(this, 'Schedules', deployment, key, this.queues.work);
    this.queues.admit(rules.arns, schedules.timerRole.roleArn);

    const ground = {
      deployment,
      key,
      code: props.code,
      logRetention: props.logRetention ?? RetentionDays.THREE_MONTHS,
    };
    this.functions = new Functions(this, 'Functions', { ...ground, queues: this.queues });
    const functionRoles = this.functions.roles.map(({ roleArn }) => roleArn);
    this.roles = new RemediationRoles(this, 'Roles', deployment, functionRoles, key.keyArn);
    const bus = createEventBus(this, deployment, functionRoles);
    this.busArn = bus.attrArn;
    const powers = createWorkerPolicy(this, deployment, this.functions.roles, {
      table,
      indexes: tableDefinition.indexes.map((index) => index.name),
      queues: this.queues,
      key,
      busArn: bus.attrArn,
      timerRoleArn: schedules.timerRole.roleArn,
    });
    const wearing = createWearing(this, deployment, this.functions.roles);
    // Neither may run, nor the queue be connected, before its role has its powers.
    this.functions.worker.node.addDependency(powers, ...wearing);
    this.functions.sweeper.node.addDependency(powers, ...wearing);

    if (props.answerPage ?? true) {
      this.page = new AnswerPage(this, 'Page', { ...ground, table, work: this.queues.work });
      this.functions.tell({
        HOMEOSTAT_PAGE_URL: this.page.url.url,
        HOMEOSTAT_PAGE_ROLE_ID: this.page.role.roleId,
      });
    }
    this.functions.tell({
      HOMEOSTAT_TABLE: table.tableName,
      HOMEOSTAT_BUS: bus.name,
      HOMEOSTAT_QUEUE_ARN: this.queues.work.queueArn,
      HOMEOSTAT_SCHEDULE_GROUP: deployment.name,
      HOMEOSTAT_SCHEDULE_ROLE_ARN: schedules.timerRole.roleArn,
      HOMEOSTAT_ROLE_PREFIX: rolePrefix(deployment),
      HOMEOSTAT_ACCOUNT: deployment.account,
      HOMEOSTAT_REGION: deployment.region,
      HOMEOSTAT_MAX_EVENT_AGE: String(props.maxEventAgeSeconds ?? 3600),
    });
    schedules.sweep(this.functions.sweeper, this.queues.missedSweeps);

    const topic = createSelfTopic(this, deployment, key, props.alarmEmails ?? []);
    this.alarms = new SelfAlarms(this, 'Alarms', deployment, topic, this);
    createDashboard(this, deployment, this);
    createArchive(this, deployment, props.archiveDays ?? 30);
    if (props.eventLog ?? true)
      new EventLog(this, 'EventLog', deployment, { rules, key, retention: ground.logRetention });
    new CfnOutput(this, 'SelfTopicArn', { value: topic.topicArn, description: 'Alarms about Homeostat itself' });
    new CfnOutput(this, 'TableName', { value: table.tableName });
  }
}

/** There is no half of a policy: with faults nothing is deployed. */
function policyIn(file: string): Policy {
  const read = readPolicyFile(file);
  if (read.kind === 'policy') return read.policy;
  const faults = read.errors.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`);
  throw new Error(`The policy cannot be deployed:\n${faults.join('\n')}`);
}

/** Roles and rules come from the policy here, and decisions from the one in the bundle: they have to be one and the same. */
function holdBundleTo(policy: Policy, code: string): void {
  const compiled = join(code, 'policy.json');
  if (!existsSync(compiled) || readFileSync(compiled, 'utf8') === compilePolicy(policy)) return;
  throw new Error(
    `The bundle in ${code} was not made from this policy. Make it anew, with the same HOMEOSTAT_POLICY: npm run bundle.`,
  );
}

/** What the policy asks for and this deployment cannot reach. */
function warnOfOthers(scope: Construct, { policy, account, region }: Deployment): void {
  const others = [
    ...(policy.accounts ?? []).filter((one) => !Token.isUnresolved(account) && one !== account),
    ...(policy.regions ?? []).filter((one) => !Token.isUnresolved(region) && one !== region),
  ];
  if (others.length === 0) return;
  Validations.of(scope).addWarning(
    'homeostat:others',
    `No rule forwards events from ${others.join(', ')}, and other accounts have no roles: deploy Homeostat there.`,
  );
}
