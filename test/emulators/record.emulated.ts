import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { S3 } from '@aws-sdk/client-s3';
import { parse } from 'yaml';
import { homeostatIn, impaired, program, root } from '../cli/command';
import type { Seen } from '../cli/printed';
import { emulatedPlace } from './contract/emulated-place';
import { onEachEmulator } from './each';
import { clientSettings, region } from './endpoints';
import { Wire } from './wire';

const logGroupName = '/aws/events/homeostat';
const logStreamName = 'events';
const hour = 3_600_000;
const days = 4;
/** The account that stands in for the true one. */
const standIn = '111122223333';

interface Event {
  readonly id: string;
  readonly time: string;
}

const timeOf = (hoursAgo: number): string =>
  new Date(Date.now() - hoursAgo * hour).toISOString().replace(/\.\d{3}/, '');

interface Recorded {
  readonly instances?: readonly { readonly id: string; readonly group?: string; readonly tags?: object }[];
  readonly groups?: readonly { readonly name: string; readonly desired: number }[];
  readonly databases?: readonly { readonly id: string; readonly multiAz: boolean }[];
}

onEachEmulator(
  ['logs', 's3', 'sts', 'ec2', 'autoscaling', 'rds', 'cloudwatch'],
  ({ endpoint }) => {
    const place = emulatedPlace(endpoint);
    const logs = new CloudWatchLogs(clientSettings(endpoint, place.account));
    const s3 = new S3({ ...clientSettings(endpoint, place.account), forcePathStyle: true });
    const Bucket = `kept-${place.account}`;
    let events: readonly Event[] = [];
    let instance = '';

    /** An alarm on an instance of this account, so many hours ago. */
    const alarm = (id: string, of: string, hoursAgo: number): Event => {
      const event = JSON.stringify({ ...impaired(of, timeOf(hoursAgo)), id });
      return JSON.parse(event.replaceAll('111122223333', place.account)) as Event;
    };
    /** An event of a service, from the samples, so many hours ago. */
    const sample = (name: string, id: string, hoursAgo: number): Event => {
      const text = readFileSync(join(root, 'test/events', name), 'utf8')
        .replaceAll('111122223333', place.account)
        .replaceAll('eu-west-1', region);
      return { ...(JSON.parse(text) as object), id, time: timeOf(hoursAgo) };
    };
    const environment = (at: string): Readonly<Record<string, string>> => ({
      AWS_ACCESS_KEY_ID: place.account,
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: region,
      AWS_ENDPOINT_URL: at,
    });
    const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'homeostat-record-')), 'recording');
    const asked = (out: string, ...more: readonly string[]): readonly string[] => [
      ...['record', '--out', out, '--since', `${days + 1}d`],
      ...more,
    ];
    const types = (...words: readonly string[]): Seen => homeostatIn(environment(endpoint), ...words);
    const idsIn = (folder: string): readonly string[] =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .sort()
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
        .map((line) => (JSON.parse(line) as { id: string }).id);
    const accountIn = (folder: string): Recorded =>
      parse(readFileSync(join(folder, 'account.yaml'), 'utf8')) as Recorded;

    beforeAll(async () => {
      instance = await place.add.instance({ tags: { 'homeostat:heal': 'yes', owner: 'ann' } });
      const members = await place.add.group({ name: 'web', min: 1, max: 4, desired: 2 });
      await place.add.database({ id: 'orders', multiAz: true });
      await place.add.alarm({ name: `${instance}-status`, kind: 'metric', state: 'OK' });
      // One a day and more, so that there are several pages.
      const told = [instance, ...members].flatMap((of, at) =>
        Array.from({ length: days }, (_, day) => alarm(`event-${at}-${day}`, of, 1 + at + 24 * day)),
      );
      // One of the emulators has groups whose members are not among the instances: an event names the group itself.
      told.push(sample('autoscaling/launch-successful.json', 'event-of-group', 5));
      told.push(sample('rds/instance-storage-low.json', 'event-of-database', 6));
      events = told.toSorted((one, other) => one.time.localeCompare(other.time));
      await logs.createLogGroup({ logGroupName });
      await logs.createLogStream({ logGroupName, logStreamName });
      await logs.putLogEvents({
        logGroupName,
        logStreamName,
        logEvents: events.map((event) => ({
          timestamp: Date.parse(event.time),
          message: JSON.stringify(event),
        })),
      });
      await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } });
      for (const [at, event] of events.entries()) {
        const line = `${JSON.stringify(event)}\n`;
        const Body = at % 2 === 0 ? line : gzipSync(line);
        await s3.putObject({ Bucket, Key: `events/${String(at).padStart(3, '0')}`, Body });
      }
    });
    afterAll(() => {
      logs.destroy();
      s3.destroy();
    });

    test('what is recorded of a log group is replayed as it is', () => {
      const out = newFolder();
      const { status, err, out: told } = types(...asked(out));
      expect([status, err]).toEqual([0, '']);
      expect(told).toContain(`${events.length} events`);
      expect(idsIn(out)).toEqual(events.map(({ id }) => id));
      expect(accountIn(out)).toMatchObject({
        account: standIn,
        region,
        groups: [{ name: 'web', min: 1, max: 4, desired: 2 }],
        databases: [{ id: 'orders', multiAz: true }],
      });
      expect(accountIn(out).instances).toContainEqual(
        expect.objectContaining({ id: instance, tags: { 'homeostat:heal': 'yes' } }),
      );
      const everything = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
      expect(everything.join('\n')).not.toMatch(new RegExp(`${place.account}|\\bann\\b`));

      const replayed = types('replay', out, '--json');
      expect(replayed.status).toBe(0);
      const report = JSON.parse(replayed.out) as { events: number; incidents: { resource: string }[] };
      expect(report.events).toBe(events.length);
      expect(report.incidents.map(({ resource }) => resource)).toContain(
        `${standIn}/${region}/ec2-instance/${instance}`,
      );
    });

    test('objects are recorded as a log group is', () => {
      const [fromLogs, fromObjects] = [newFolder(), newFolder()];
      types(...asked(fromLogs));
      expect(types(...asked(fromObjects, '--s3', `s3://${Bucket}/events/`)).status).toBe(0);
      expect(idsIn(fromObjects)).toEqual(idsIn(fromLogs));
      expect(accountIn(fromObjects)).toEqual(accountIn(fromLogs));
    });

    test.each([
      ['a page of the log group', 'FilterLogEvents', 3, []],
      ['a description', 'DescribeInstanceAttribute', 2, []],
      ['an object', 'GET /kept/events/004', 1, ['--s3']],
    ] as const)('killed at %s, it goes on where it was', async (_what, operation, nth, s3Too) => {
      const out = newFolder();
      const words = asked(out, ...(s3Too.length > 0 ? ['--s3', `s3://${Bucket}/events/`] : []));
      const wire = await Wire.open({ default: endpoint });
      const running: { child?: ChildProcess } = {};
      const killed = { kind: 'after', hook: () => void running.child?.kill('SIGKILL') } as const;
      wire.interrupt({ operation: operation.replace('/kept/', `/${Bucket}/`), nth }, killed);
      const child = spawn(process.execPath, [program, ...words], {
        cwd: root,
        env: { ...process.env, ...environment(wire.endpoint) },
        stdio: 'ignore',
      });
      running.child = child;
      const signal = await new Promise((resolve) =>
        child.once('exit', (_code, by) => {
          resolve(by);
        }),
      );
      await wire.close();
      expect(signal).toBe('SIGKILL');
      expect(readdirSync(out)).not.toContain('account.yaml');

      expect(types(...words).status).toBe(0);
      expect(idsIn(out)).toEqual(events.map(({ id }) => id));
      expect(accountIn(out).groups).toHaveLength(1);
      expect(types(...words).out).toContain('is done');
    });

    test('a log group that is not there is told in one line, with what to do', () => {
      const { status, err } = types(...asked(newFolder(), '--log-group', '/aws/events/elsewhere'));
      expect(status).toBe(1);
      expect(err).toMatch(
        /^homeostat: there is no log group \/aws\/events\/elsewhere in this account.*--log-group.*\n$/,
      );
    });

    test('every call over the wire only reads', async () => {
      const wire = await Wire.open({ default: endpoint });
      const recording = spawn(process.execPath, [program, ...asked(newFolder())], {
        cwd: root,
        env: { ...process.env, ...environment(wire.endpoint) },
        stdio: 'ignore',
      });
      await new Promise((resolve) => recording.once('exit', resolve));
      await wire.close();
      expect(wire.requests.length).toBeGreaterThan(8);
      expect(
        wire.requests.map(({ operation }) => operation).filter((one) => !/^(Get|List|Describe|Filter)/.test(one)),
      ).toEqual([]);
    });
  },
  ['ssm:DescribeInstanceInformation'],
);
