import type { Deployment } from './deployment';

/** Whoever types the command, as AWS knows them. */
export interface Caller {
  readonly arn: string;
  /** The id of a user, or that of a role with the name of the session: what SQS calls the sender of a message. */
  readonly userId: string;
  readonly account: string;
  /** `aws`, or that of another part of AWS such as China. */
  readonly partition: string;
  /** By how much the clock of this machine is ahead of AWS's, in milliseconds; absent when AWS told no time. */
  readonly aheadBy?: number;
}

interface Answer {
  readonly response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Asks AWS who is calling. Throws what AWS answers instead. */
export async function whoCalls(deployment: Deployment, now: () => number): Promise<Caller> {
  const sts = await deployment.client('sts');
  let told: string | undefined;
  sts.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      told = (result as Answer).response?.headers?.date;
      return result;
    },
    { step: 'deserialize', name: 'readsTheDate', override: true },
  );
  const { Arn: arn = '', UserId: userId = '', Account: account = '' } = await sts.getCallerIdentity({});
  const time = Date.parse(told ?? '');
  return {
    arn,
    userId,
    account,
    partition: arn.split(':')[1] ?? 'aws',
    ...(Number.isFinite(time) && { aheadBy: now() - time }),
  };
}
