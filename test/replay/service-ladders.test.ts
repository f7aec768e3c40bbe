import { join } from 'node:path';
import { policyFrom } from '../../cli/policy-option';
import { findRecordings } from '../../replay/recording';
import { replayRecording } from '../../replay/recording-replay';
import { inMode } from '../../statemachines/policy';

const defaultPolicy = join(__dirname, '../../policies/default.yaml');

/** What is written to ECS in a recording, the oldest first, as the default policy has it. */
async function written(folder: string): Promise<readonly string[]> {
  const [recording] = await findRecordings([join(__dirname, '../recordings', folder)]);
  if (!recording) throw new Error(`the recording ${folder} is gone`);
  const report = await replayRecording(recording, inMode('act', policyFrom(defaultPolicy)), undefined);
  return report.incidents
    .flatMap(({ calls }) => calls)
    .filter(({ access }) => access === 'write')
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map(({ operation, input }) => {
      const { cluster: _cluster, service: _service, reason: _reason, task, ...what } = input as Record<string, unknown>;
      return `${operation} ${JSON.stringify(task === undefined ? what : {})}`;
    });
}

test('a bad deployment is taken back, and is not deployed anew', async () => {
  expect(await written('bad-deployment-rolled-back')).toEqual([
    expect.stringMatching(/^UpdateService {"taskDefinition":"arn:.*\/checkout:7"}$/),
  ]);
});

test('tasks that die without a deployment are stopped one by one, then begun anew, then added to', async () => {
  expect(await written('tasks-die')).toEqual([
    'StopTask {}',
    'StopTask {}',
    'UpdateService {"forceNewDeployment":true}',
    'UpdateService {"desiredCount":6}',
  ]);
});
