import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  Code,
  Function,
  type FunctionProps,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type Deployment, rolePrefix } from './deployment';

/** What all functions of a deployment are made of. */
export interface FunctionGround {
  readonly deployment: Deployment;
  readonly key: IKey;
  /** Folder of the bundle: `index.js`, and the compiled policy beside it. */
  readonly code: string;
  readonly logRetention: RetentionDays;
}

interface OwnFunction extends Partial<Pick<FunctionProps, 'deadLetterQueue' | 'reservedConcurrentExecutions'>> {
  /** Also the end of its name. */
  readonly name: string;
  readonly handler: string;
  readonly role: Role;
  readonly seconds: number;
}

/** A role that a function runs as; `does` ends the sentence about it. */
export function functionRole(scope: Construct, deployment: Deployment, name: string, does: string): Role {
  return new Role(scope, `${name}-role`, {
    roleName: `${rolePrefix(deployment)}${name}`,
    description: `Homeostat: its ${name}, which ${does}`,
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
}

/** A function of the bundle, with logs of its own. Its powers are listed beside its role, and nothing adds to them on its own. */
export function ownFunction(scope: Construct, of: OwnFunction, ground: FunctionGround): Function {
  const { name, handler, role, seconds, ...more } = of;
  const { deployment, key, code, logRetention } = ground;
  const functionName = `${deployment.name}-${name}`;
  return new Function(scope, name, {
    functionName,
    description: `Homeostat ${deployment.name}: ${name}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler,
    code: Code.fromAsset(code),
    memorySize: 512,
    timeout: Duration.seconds(seconds),
    role: role.withoutPolicyUpdates(),
    environmentEncryption: key,
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.JSON,
    ...more,
    logGroup: new LogGroup(scope, `${name}-logs`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: logRetention,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  });
}
