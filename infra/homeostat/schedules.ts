import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { type Deployment, rolePrefix } from './deployment';

/** What wakes: one-time schedules that the worker makes for its incidents, and the sweep each minute. */
export class Schedules extends Construct {
  readonly group: CfnScheduleGroup;
  /** What a one-time schedule sends as. */
  readonly timerRole: Role;

  constructor(
    scope: Construct,
    id: string,
    private readonly deployment: Deployment,
    private readonly key: IKey,
    work: IQueue,
  ) {
    super(scope, id);
    this.group = new CfnScheduleGroup(this, 'Group', { name: deployment.name });
    this.timerRole = this.role('timer', 'Puts wake-ups into the work queue', deployment.name, [
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [work.queueArn] }),
    ]);
  }

  /** Sweeps each minute. A sweep that is late is none: the next one does its work. */
  sweep(sweeper: IFunction, missedSweeps: IQueue): CfnSchedule {
    const role = this.role('sweep', 'Starts the sweeper', 'default', [
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [sweeper.functionArn] }),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [missedSweeps.queueArn] }),
    ]);
    return new CfnSchedule(this, 'Sweep', {
      name: `${this.deployment.name}-sweep`,
      description: 'Finds wake-ups that were lost',
      scheduleExpression: 'rate(1 minute)',
      flexibleTimeWindow: { mode: 'OFF' },
      kmsKeyArn: this.key.keyArn,
      target: {
        arn: sweeper.functionArn,
        roleArn: role.roleArn,
        deadLetterConfig: { arn: missedSweeps.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 2 },
      },
    });
  }

  private role(name: string, description: string, group: string, statements: PolicyStatement[]): Role {
    const { partition, account, region } = this.deployment;
    const useKey = new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [this.key.keyArn],
    });
    return new Role(this, name, {
      roleName: `${rolePrefix(this.deployment)}${name}`,
      description: `Homeostat: ${description}`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnEquals: { 'aws:SourceArn': `arn:${partition}:scheduler:${region}:${account}:schedule-group/${group}` },
        },
      }),
      inlinePolicies: { send: new PolicyDocument({ statements: [...statements, useKey] }) },
    });
  }
}
