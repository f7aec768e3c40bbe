import type { Caller } from '../../../runtime/aws/access';
import { failureOf } from '../../../runtime/aws/failure';
import { roleClients } from '../../../runtime/aws/role-clients';
import { CredentialsRefusedError, type CredentialsFor } from '../../../runtime/aws/role-credentials';

const writer = (incident: string): Caller => ({
  kind: 'remediation',
  remediation: 'reboot-instance',
  incident,
  mode: 'act',
  touches: ['1/eu-west-1/ec2-instance/i-1'],
});
const some: CredentialsFor = async () => ({
  accessKeyId: 'a',
  secretAccessKey: 'b',
  sessionToken: 'c',
  expiration: new Date(8_000_000_000_000),
});
const none: CredentialsFor = async () => {
  throw new CredentialsRefusedError('there are none');
};

describe('clients by role', () => {
  it('of one session are one, and the reader has its own', async () => {
    const clients = roleClients(some);
    const of = (caller?: Caller) => clients('ec2', '1', 'eu-west-1', 'write', caller);
    expect(await of(writer('inc-1'))).toBe(await of(writer('inc-1')));
    expect(await of(writer('inc-2'))).not.toBe(await of(writer('inc-1')));
    expect(await of()).toBe(await of({ kind: 'reader' }));
    expect(await of()).not.toBe(await of(writer('inc-1')));
  });

  it('do not pile up: those of sessions long past are let go, those of the reader stay', async () => {
    const clients = roleClients(some);
    const first = await clients('ec2', '1', 'eu-west-1', 'write', writer('inc-0'));
    const reader = await clients('ec2', '1', 'eu-west-1');
    for (let n = 1; n <= 8; n += 1) await clients('ec2', '1', 'eu-west-1', 'write', writer(`inc-${n}`));
    expect(await clients('ec2', '1', 'eu-west-1')).toBe(reader);
    expect(await clients('ec2', '1', 'eu-west-1', 'write', writer('inc-0'))).not.toBe(first);
  });

  it('send over the same connections, whoever calls and whichever service is called', async () => {
    const clients = roleClients(some);
    const connectionsOf = (client: object) => (client as { config: { requestHandler: object } }).config.requestHandler;
    const reader = connectionsOf(await clients('ec2', '1', 'eu-west-1'));
    expect(connectionsOf(await clients('ec2', '1', 'eu-west-1', 'write', writer('inc-1')))).toBe(reader);
    expect(connectionsOf(await clients('cloudwatch', '2', 'eu-west-1'))).toBe(reader);
  });

  it('call as whom they were asked for', async () => {
    const asked: string[] = [];
    const clients = roleClients(async (caller, account, region) => {
      asked.push(`${caller.kind} ${account} ${region}`);
      throw new CredentialsRefusedError('there are none');
    });
    await expect(clients('ec2', '444455556666', 'eu-west-1', 'write', writer('inc-1'))).rejects.toThrow(
      'there are none',
    );
    expect(asked).toEqual(['remediation 444455556666 eu-west-1']);
  });

  it('for writes are not there before their credentials are: nothing waits for them once a write was let through', async () => {
    const error: unknown = await roleClients(none)('ec2', '1', 'eu-west-1', 'write', writer('inc-1')).catch(
      (one: unknown) => one,
    );
    expect(failureOf(error)).toEqual({ kind: 'refused', reason: 'CredentialsRefusedError: there are none' });
  });

  it('for reads without credentials send nothing, and the failure says so through the SDK', async () => {
    const client = await roleClients(none)('ec2', '1', 'eu-west-1', 'read', writer('inc-1'));
    const error: unknown = await client.describeInstances!({}).catch((one: unknown) => one);
    expect(failureOf(error)).toEqual({ kind: 'refused', reason: 'CredentialsRefusedError: there are none' });
  });
});
