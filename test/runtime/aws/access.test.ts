import type { EC2 } from '@aws-sdk/client-ec2';
import { openAccess, type Access, type Clients } from '../../../runtime/aws/access';
import { sdkClients } from '../../../runtime/aws/sdk-clients';
import { fakeClients } from '../world';

const where = { account: '111122223333', region: 'eu-central-1' };

function open(answer: (operation: string, input: object) => object = () => ({})): Access & { readonly sent: string[] } {
  const sent: string[] = [];
  const clients = fakeClients((operation, input) => {
    sent.push(operation);
    return answer(operation, input);
  });
  const access = openAccess(clients, { now: () => 1_000 }, where, {
    by: 'reboot-instance',
    reads: new Set(['ec2:DescribeInstances']),
    writes: new Set(['ec2:RebootInstances']),
  });
  return { ...access, sent };
}

describe('access', () => {
  it('records each call with its answer still to come, in order', async () => {
    const { aws, calls } = open(() => ({ Reservations: [] }));
    expect(await aws.ec2.describeInstances({ InstanceIds: ['i-1'] })).toEqual({ Reservations: [] });
    await aws.ec2.rebootInstances({ InstanceIds: ['i-1'] });
    expect(calls).toEqual([
      { at: 1_000, action: 'ec2:DescribeInstances', access: 'read', input: { InstanceIds: ['i-1'] } },
      { at: 1_000, action: 'ec2:RebootInstances', access: 'write', input: { InstanceIds: ['i-1'] } },
    ]);
  });

  it('records the name of an error and lets it through as it is', async () => {
    const error = Object.assign(new Error('no'), { name: 'UnauthorizedOperation' });
    const { aws, calls } = open(() => {
      throw error;
    });
    await expect(aws.ec2.describeInstances({})).rejects.toBe(error);
    expect(calls).toEqual([
      { at: 1_000, action: 'ec2:DescribeInstances', access: 'read', input: {}, error: 'UnauthorizedOperation' },
    ]);
  });

  it('refuses an action that is not declared: it reaches no client and is no call', async () => {
    const { aws, calls, sent } = open();
    await expect(aws.ec2.terminateInstances({ InstanceIds: ['i-1'] })).rejects.toThrow(
      'ec2:TerminateInstances is not among the permissions that reboot-instance declares for this.',
    );
    await expect(aws.rds.describeDBInstances({})).rejects.toThrow('rds:DescribeDBInstances is not among');
    expect(sent).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('refuses every write where only reads are allowed', async () => {
    const reads = new Set(['ec2:DescribeInstances']);
    const allowed = { by: 'vitals of ec2-instance', reads, writes: new Set<string>() };
    const { aws } = openAccess(
      fakeClients(() => ({})),
      { now: () => 0 },
      where,
      allowed,
    );
    await expect(aws.ec2.rebootInstances({ InstanceIds: ['i-1'] })).rejects.toMatchObject({
      name: 'UndeclaredCallError',
    });
    expect(await aws.ec2.describeInstances({})).toEqual({});
  });

  it('has no way around: not through what else a client of the SDK can do', async () => {
    const { aws, sent } = open();
    const around = aws.ec2 as unknown as Record<string, (input: object) => Promise<object>>;
    for (const name of ['send', 'destroy', 'constructor', 'DescribeInstances2', '__proto__']) {
      await expect(around[name]!({})).rejects.toThrow('is not among the permissions');
    }
    expect(sent).toEqual([]);
  });

  it('is no promise, so that awaiting a service calls nothing', async () => {
    const { aws, sent } = open();
    await Promise.resolve(aws.ec2);
    expect(sent).toEqual([]);
  });

  it('tells the time of the clock that it was opened with', () => {
    expect(open().aws.now()).toBe(1_000);
  });

  it('asks for the client of the account and region that it was opened for', async () => {
    const asked: string[] = [];
    const clients: Clients = async (service, account, region, access) => {
      asked.push([service, account, region, access].join('/'));
      return { describeInstances: async () => ({}) };
    };
    const { aws } = openAccess(
      clients,
      { now: () => 0 },
      { account: '444455556666', region: 'us-gov-west-1' },
      { by: 'a test', reads: new Set(['ec2:DescribeInstances']), writes: new Set() },
    );
    await aws.ec2.describeInstances({});
    expect(asked).toEqual(['ec2/444455556666/us-gov-west-1/read']);
  });

  it('sends no write whose client and credentials took until after the lease', async () => {
    let now = 0;
    const sent: string[] = [];
    const slow: Clients = async (service, account, region) => {
      now = 120_000;
      return fakeClients((operation) => ({ sent: sent.push(operation) }))(service, account, region);
    };
    const { aws, calls } = openAccess(slow, { now: () => now }, where, {
      by: 'reboot-instance',
      reads: new Set(),
      writes: new Set(['ec2:RebootInstances']),
      writesUntil: 120_000,
    });
    await expect(aws.ec2.rebootInstances({ InstanceIds: ['i-1'] })).rejects.toMatchObject({ name: 'LateWriteError' });
    expect(sent).toEqual([]);
    expect(calls).toMatchObject([{ action: 'ec2:RebootInstances', error: 'LateWriteError' }]);
  });

  it('says so when a declared action is no operation of the client', async () => {
    const { aws, calls } = openAccess(async () => ({}), { now: () => 0 }, where, {
      by: 'a test',
      reads: new Set(['ec2:DescribeInstances']),
      writes: new Set(),
    });
    await expect(aws.ec2.describeInstances({})).rejects.toThrow(
      'The client of ec2 has no operation describeInstances.',
    );
    expect(calls).toMatchObject([{ error: 'UndeclaredCallError' }]);
  });
});

describe('clients of the SDK', () => {
  it('are made once for each service, account and region', async () => {
    const made: string[] = [];
    const clients = sdkClients(
      (account, region) => {
        made.push(`${account}/${region}`);
        return { region };
      },
      () => undefined,
    );
    const [one, same] = await Promise.all([clients('ec2', '1', 'eu-west-1'), clients('ec2', '1', 'eu-west-1')]);
    expect(one).toBe(same);
    expect(await clients('ec2', '2', 'eu-west-1')).not.toBe(one);
    await clients('ec2', '1', 'eu-north-1');
    expect(made).toEqual(['1/eu-west-1', '2/eu-west-1', '1/eu-north-1']);
  });

  it('send a write once, though its answer is lost: the SDK must not reboot a second time', async () => {
    let sent = 0;
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const clients = sdkClients(
      (_account, region) => ({ region, credentials }),
      (client) => {
        (client as EC2).middlewareStack.add(
          () => async () => {
            sent += 1;
            throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
          },
          { step: 'deserialize', priority: 'low' },
        );
      },
    );
    const { reads, writes } = { reads: new Set<string>(), writes: new Set(['ec2:RebootInstances']) };
    const { aws } = openAccess(clients, { now: () => 0 }, where, { by: 'a test', reads, writes });
    await expect(aws.ec2.rebootInstances({ InstanceIds: ['i-1'] })).rejects.toThrow('socket hang up');
    expect(sent).toBe(1);
  });

  it('that could not be made are made anew by the next call', async () => {
    let tries = 0;
    const clients = sdkClients((_account, region) => {
      tries += 1;
      if (tries === 1) throw new Error('the role cannot be assumed yet');
      return { region };
    });
    await expect(clients('ec2', '1', 'eu-west-1')).rejects.toThrow('cannot be assumed');
    expect(await clients('ec2', '1', 'eu-west-1')).toHaveProperty('describeInstances');
  });
});
