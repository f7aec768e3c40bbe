import { Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { type Function, type FunctionUrl, FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { answerAttributes, ticketPartitions } from '../../runtime/store/dynamodb-store/ticket-keys';
import { acknowledgePatterns } from './acknowledgement';
import { rolePrefix } from './deployment';
import { type FunctionGround, functionRole, ownFunction } from './own-function';

export interface AnswerPageSettings extends FunctionGround {
  readonly table: Pick<Table, 'tableArn' | 'tableName'>;
  readonly work: IQueue;
}

/** Calls at one time: people are few, and whoever floods the page must not take the worker's room from it. */
const callsAtOnce = 5;

/**
 * Where people answer by a link. Anybody on the internet can ask it for a page, so it can do next to nothing: read incidents,
 * write an answer on a ticket that there is, and tell the worker to look at that ticket. It puts on no role.
 */
export class AnswerPage extends Construct {
  readonly function: Function;
  readonly role: Role;
  readonly url: FunctionUrl;

  constructor(scope: Construct, id: string, settings: AnswerPageSettings) {
    super(scope, id);
    const { deployment, table, work } = settings;
    this.role = functionRole(this, deployment, 'answer', 'takes answers of people and reaches nothing else');
    this.function = ownFunction(
      this,
      {
        name: 'answer',
        handler: 'index.answer',
        role: this.role,
        seconds: 15,
        reservedConcurrentExecutions: callsAtOnce,
      },
      settings,
    );
    this.function.node.addDependency(this.powers(settings));
    const told = {
      HOMEOSTAT_NAME: deployment.name,
      HOMEOSTAT_TABLE: table.tableName,
      HOMEOSTAT_QUEUE_URL: work.queueUrl,
      HOMEOSTAT_REGION: deployment.region,
    };
    for (const [name, value] of Object.entries(told)) this.function.addEnvironment(name, value);
    // Who is called at night has a telephone and no credentials of AWS. The authority is the ticket in the link: 256 random bits
    // of which only a hash is stored, for one answer to one plan, for a short time. To look changes nothing.
    this.url = this.function.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    this.acknowledge();
  }

  private powers(settings: AnswerPageSettings): ManagedPolicy {
    const { deployment } = settings;
    const statements = statementsFor(settings);
    const policy = new ManagedPolicy(this, 'Policy', {
      managedPolicyName: `${rolePrefix(deployment)}answer`,
      description: `What the page of Homeostat ${deployment.name} may do`,
      statements: [...statements],
      roles: [this.role],
    });
    acknowledgePatterns(
      policy,
      statements,
      'Streams of its own log group are named by Lambda; traces know no resource.',
    );
    return policy;
  }

  private acknowledge(): void {
    Validations.of(this.function).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'A browser waits for each answer, and sends it again if none comes: nothing is left to be kept.',
    });
  }
}

function statementsFor({ deployment, table, work, key }: AnswerPageSettings): readonly PolicyStatement[] {
  const { name, partition, account, region } = deployment;
  const rowsOf = (...partitions: readonly string[]): Record<string, string[]> => ({
    'dynamodb:LeadingKeys': partitions.map((one) => `${one}*`),
  });
  return [
    new PolicyStatement({
      sid: 'Read',
      actions: ['dynamodb:GetItem', 'dynamodb:Query'],
      resources: [table.tableArn],
      conditions: { 'ForAllValues:StringLike': rowsOf(ticketPartitions, 'incident/') },
    }),
    // It can answer by a ticket that there is, and make none: a row without the other attributes is no ticket.
    new PolicyStatement({
      sid: 'Answer',
      actions: ['dynamodb:UpdateItem'],
      resources: [table.tableArn],
      conditions: {
        'ForAllValues:StringLike': rowsOf(ticketPartitions),
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...answerAttributes] },
        // Of a request that names neither, all values would be as they should.
        Null: { 'dynamodb:LeadingKeys': 'false', 'dynamodb:Attributes': 'false' },
      },
    }),
    new PolicyStatement({ sid: 'Tell', actions: ['sqs:SendMessage'], resources: [work.queueArn] }),
    new PolicyStatement({
      sid: 'Key',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
    }),
    new PolicyStatement({
      sid: 'Logs',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [`arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${name}-answer:*`],
    }),
    new PolicyStatement({
      sid: 'Traces',
      actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      resources: ['*'],
    }),
  ];
}
