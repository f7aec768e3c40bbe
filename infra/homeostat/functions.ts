import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  EventSourceMapping,
  Function,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Deployment, rolePrefix } from './deployment';
import { workerSeconds, type WorkQueue } from './work-queue';

export interface FunctionSettings {
  readonly deployment: Deployment;
  readonly key: IKey;
  readonly queues: WorkQueue;
  /** Folder of the bundle: `index.js`, and the compiled policy beside it. */
  readonly code: string;
  readonly logRetention: RetentionDays;
}

/** Messages of one batch, and batches at one time: a storm of alarms waits in the queue and not at AWS's throttles. */
const batch = 5;
const batchesAtOnce = 8;

/** The two functions: one does what stands in the work queue, one looks each minute for what was lost. */
export class Functions extends Construct {
  readonly worker: Function;
  readonly sweeper: Function;
  readonly roles: readonly [Role, Role];
  readonly mapping: EventSourceMapping;

  constructor(
    scope: Construct,
    id: string,
    private readonly settings: FunctionSettings,
  ) {
    super(scope, id);
    this.roles = [this.role('worker'), this.role('sweeper')];
    this.worker = this.function('worker', 'index.work', this.roles[0]);
    this.sweeper = this.function('sweeper', 'index.sweep', this.roles[1]);
    this.mapping = new EventSourceMapping(this, 'Mapping', {
      target: this.worker,
      eventSourceArn: settings.queues.work.queueArn,
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

  private role(name: string): Role {
    return new Role(this, `${name}-role`, {
      roleName: `${rolePrefix(this.settings.deployment)}${name}`,
      description: `Homeostat: its ${name}, which reaches AWS by other roles only`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
  }

  private function(name: string, handler: string, role: Role): Function {
    const { deployment, key, code, logRetention, queues } = this.settings;
    const functionName = `${deployment.name}-${name}`;
    return new Function(this, name, {
      functionName,
      description: `Homeostat ${deployment.name}: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler,
      code: Code.fromAsset(code),
      memorySize: 512,
      timeout: Duration.seconds(name === 'worker' ? workerSeconds : 50),
      // Its powers are listed in one place, worker-policy.ts, and nothing adds to them on its own.
      role: role.withoutPolicyUpdates(),
      environmentEncryption: key,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      ...(name === 'sweeper' && { deadLetterQueue: queues.missedSweeps }),
      logGroup: new LogGroup(this, `${name}-logs`, {
        logGroupName: `/aws/lambda/${functionName}`,
        retention: logRetention,
        encryptionKey: key,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
    });
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
