import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { homeostat as run } from '../../cli/program';
import { printed, type Seen } from './printed';

export const root = join(__dirname, '../..');
export const program = join(root, 'bin/homeostat.js');

/** `homeostat …`, run in this process. A process of its own would take a second to begin. */
export function homeostat(...words: readonly string[]): Promise<Seen> {
  return printed((output) => run(words, output));
}

/** The same as a process of its own, with these variables in its environment. */
export function homeostatIn(environment: Readonly<Record<string, string>>, ...words: readonly string[]): Seen {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  return { status, out: stdout, err: stderr };
}

/** A file with this text in a folder of its own. */
export function aFile(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'homeostat-')), name);
  writeFileSync(path, text);
  return path;
}

/** An alarm that says that an instance fails its status check. */
export function impaired(instance = 'i-0abc1234567890def', time = '2026-03-01T03:12:04Z'): Record<string, unknown> {
  const timestamp = time.replace('Z', '.000+0000');
  const name = `${instance}-status`;
  return {
    version: '0',
    id: `7bf73129-1428-4cd3-a780-95db2${instance.slice(-7)}`,
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: '111122223333',
    time,
    region: 'eu-central-1',
    resources: [`arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${name}`],
    detail: {
      alarmName: name,
      configuration: {
        metrics: [
          {
            id: 'm1',
            metricStat: {
              metric: {
                namespace: 'AWS/EC2',
                name: 'StatusCheckFailed_Instance',
                dimensions: { InstanceId: instance },
              },
              period: 60,
              stat: 'Maximum',
            },
            returnData: true,
          },
        ],
      },
      previousState: { value: 'OK', reason: 'Threshold not crossed', timestamp },
      state: { value: 'ALARM', reason: 'Threshold crossed', timestamp },
    },
  };
}
