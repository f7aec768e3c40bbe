import { Readable } from 'node:stream';
import { STS } from '@aws-sdk/client-sts';
import { whoCalls } from '../../cli/caller';
import type { Deployment } from '../../cli/deployment';
import { callerChecks } from '../../cli/doctor/caller';
import type { Answer } from '../../cli/doctor/check';
import { actingPolicy } from '../runtime/world';
import { aDeployment, start } from './deployed';

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws-cn:iam::111122223333:user/ann</Arn><UserId>a</UserId><Account>111122223333</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** The real client, answered with this date. */
function answering(date: string | undefined): Deployment {
  const handle = async (): Promise<object> => ({
    response: {
      statusCode: 200,
      headers: { 'content-type': 'text/xml', ...(date !== undefined && { date }) },
      body: Readable.from([identity]),
    },
  });
  const sts = new STS({
    region: 'cn-north-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: { handle } as never,
  });
  return { ...aDeployment(), client: (async () => sts) as never };
}

async function clockOf(date: string | undefined): Promise<Answer | undefined> {
  const deployment = answering(date);
  const now = (): number => start;
  const site = { deployment, policy: actingPolicy, now, caller: () => whoCalls(deployment, now) };
  return callerChecks.find(({ name }) => name === 'clock')?.look(site);
}

describe('the caller', () => {
  it('is who AWS says, in its part of AWS', async () => {
    expect(await whoCalls(answering(undefined), () => start)).toEqual({
      arn: 'arn:aws-cn:iam::111122223333:user/ann',
      userId: 'a',
      account: '111122223333',
      partition: 'aws-cn',
    });
  });

  it.each([
    ['Mon, 02 Mar 2026 09:59:59 GMT', 'ok', 'as at AWS'],
    ['Mon, 02 Mar 2026 10:00:30 GMT', 'ok', '30s behind AWS'],
    ['Mon, 02 Mar 2026 09:57:00 GMT', 'warning', 'the clock of this machine is 3m ahead of AWS'],
    ['Mon, 02 Mar 2026 11:00:00 GMT', 'warning', 'the clock of this machine is 1h behind AWS'],
    [undefined, 'not checked', 'AWS told no time'],
  ])('has a clock that is held against %s', async (date, status, found) => {
    expect(await clockOf(date)).toMatchObject({ status, found });
  });
});
