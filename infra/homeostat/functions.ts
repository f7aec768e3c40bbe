import { Duration, Validations } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, type Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type FunctionGround, functionRole, ownFunction } from './own-function';
import { workerSeconds, type WorkQueue } from './work-queue';

export interface FunctionSettings extends FunctionGround {
  readonly queues: WorkQueue;
}

/** Messages of one batch, and batches at one time: a storm of alarms waits in the queue and not at AWS's throttles. */
const batch = 5;
const batchesAtOnce = 8;

/** The two functions that heal: one does what stands in the work queue, one looks each minute for what was lost. */
export class Functions extends Construct {
  readonly worker: Function;
  readonly sweeper: Function;
  readonly roles: readonly [Role, Role];
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, settings: FunctionSettings) {
    super(scope, id);
    const { deployment, queues } = settings;
    const does = 'reaches AWS by other roles only';
    const role = (name: string): Role => functionRole(this, deployment, name, does);
    this.roles = [role('worker'), role('sweeper')];
    const [asWorker, asSweeper] = this.roles;
    const worker = { name: 'worker', handler: 'index.work', role: asWorker, seconds: workerSeconds };
    this.worker = ownFunction(this, worker, settings);
    const sweeper = { name: 'sweeper', handler: 'index.sweep', role: asSweeper, seconds: 50 };
    this.sweeper = ownFunction(this, { ...sweeper, deadLetterQueue: queues.missedSweeps }, settings);
    this.mapping = new EventSourceMapping(this, 'Mapping', {
      target: this.worker,
      eventSourceArn: queues.work.queueArn,
      batchSize: batch,
      maxConcurrency: batchesAtOnce,
      reportBatchItemFailures: true,
    });
    this.sweeper.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.seconds(60) });
    this.acknowledge();
  }

  /** Gives both what the composition root asks of its surroundings. */
  tell(environment: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(environment)) {
      this.worker.addEnvironment(name, value);
      this.sweeper.addEnvironment(name, value);
    }
  }

  private acknowledge(): void {
    Validations.of(this.worker).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason: 'Only its queue calls it, and that queue has dead letters of its own.',
    });
    Validations.of(this.mapping).acknowledge({
      id: 'Serverless-LambdaEventSourceMappingDestination',
      reason: 'AWS has no failure destination for a queue: what fails goes to the dead letters of the queue.',
    });
    Validations.of(this.sweeper).acknowledge({
      id: 'Serverless-LambdaAsyncFailureDestination',
      reason: 'A sweep that failed goes to the dead-letter queue of the function; a destination would tell it twice.',
    });
  }
}
