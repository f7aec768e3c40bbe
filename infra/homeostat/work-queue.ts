import { Duration, Validations } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Deployment } from './deployment';

/** Seconds that one batch may take the worker. */
export const workerSeconds = 120;

/** Tries that a message gets before it is a dead letter. */
const tries = 5;

/** What is to be done: events and wake-ups; and what could not be done. */
export class WorkQueue extends Construct {
  readonly work: Queue;
  /** Messages that failed every time, and events that no rule could deliver. */
  readonly deadLetters: Queue;
  /** Sweeps that did not happen. Apart from the others, which can be sent back to the work queue. */
  readonly missedSweeps: Queue;

  constructor(
    scope: Construct,
    id: string,
    private readonly deployment: Deployment,
    key: IKey,
  ) {
    super(scope, id);
    const sealed: QueueProps = { encryption: QueueEncryption.KMS, encryptionMasterKey: key, enforceSSL: true };
    const kept = { ...sealed, retentionPeriod: Duration.days(14) };
    const { name } = deployment;
    this.deadLetters = new Queue(this, 'DeadLetters', { ...kept, queueName: `${name}-dead-letters` });
    this.missedSweeps = new Queue(this, 'MissedSweeps', { ...kept, queueName: `${name}-missed-sweeps` });
    this.work = new Queue(this, 'Work', {
      ...sealed,
      queueName: `${name}-work`,
      visibilityTimeout: Duration.seconds(6 * workerSeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
    const last = 'Dead letters of the sweeper end here: a queue of dead letters has none of its own.';
    Validations.of(this.missedSweeps).acknowledge({ id: 'AwsSolutions-SQS3', reason: last });
    Validations.of(this.missedSweeps).acknowledge({ id: 'Serverless-SQSRedrivePolicy', reason: last });
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason: 'It is the queue of dead letters itself; an alarm tells of what comes into it.',
    });
  }

  /** Lets these rules and the role of the timers send, and nobody else by the queue's own word. */
  admit(rules: readonly string[], timerRole: string): void {
    for (const queue of [this.work, this.deadLetters]) {
      queue.addToResourcePolicy(
        new PolicyStatement({
          sid: 'RulesOfHomeostat',
          principals: [new ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: {
            StringEquals: { 'aws:SourceAccount': this.deployment.account },
            ArnEquals: { 'aws:SourceArn': rules },
          },
        }),
      );
    }
    this.work.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TimersOfHomeostat',
        principals: [new ArnPrincipal(timerRole)],
        actions: ['sqs:SendMessage'],
        resources: [this.work.queueArn],
      }),
    );
  }
}
