import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { remediations } from '../../../remediations';
import type { sdkClients } from '../../../runtime/sdk-clients';
import { vitals } from '../../../vitals';
import { readsOfAlarm } from '../../../vitals/alarm';
import type { Service } from '../../../vitals/aws';

const leanClients = jest.requireActual<(root: string) => Plugin>('../../../bin/lean-clients');
const root = join(__dirname, '../../..');

const declared = [
  ...readsOfAlarm,
  ...vitals.flatMap(({ reads }) => reads),
  ...remediations.flatMap(({ permissions: { read, write } }) => [...read, ...write.map(({ action }) => action)]),
];

let clients: ReturnType<typeof sdkClients>;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'runtime/sdk-clients.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'warning',
    plugins: [leanClients(root)],
  });
  const bundled = { exports: {} as { sdkClients: typeof sdkClients } };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the bundle, as Lambda would load it
  const load = new Function('module', 'exports', 'require', outputFiles[0]!.text) as (...given: unknown[]) => void;
  load(bundled, bundled.exports, require);
  clients = bundled.exports.sdkClients((_account, region) => ({ region }));
}, 60_000);

test('a bundled client has every operation that a remediation or vitals declare', async () => {
  for (const action of declared) {
    const [service = '', operation = ''] = action.split(':');
    const client = await clients(service as Service, '111122223333', 'eu-central-1');
    expect({ action, is: typeof client[`${operation.charAt(0).toLowerCase()}${operation.slice(1)}`] }).toEqual({
      action,
      is: 'function',
    });
  }
});

test('a bundled client has no operation that nobody declares', async () => {
  const client = await clients('ec2', '111122223333', 'eu-central-1');
  expect(client['runInstances']).toBeUndefined();
});
