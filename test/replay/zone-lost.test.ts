import { join } from 'node:path';
import { policyFrom } from '../../cli/policy-option';
import { findRecordings } from '../../replay/recording';
import { replayRecording } from '../../replay/recording-replay';
import type { ReplayReport } from '../../replay/report';

const lost = 'eu-central-1a';

async function replayed(): Promise<ReplayReport> {
  const [recording] = await findRecordings([join(__dirname, '../recordings/zone-lost')]);
  if (recording?.policyFile === undefined) throw new Error('the recording of a lost zone is gone');
  return replayRecording(recording, policyFrom(recording.policyFile), undefined);
}

describe('when a zone is lost', () => {
  let report: ReplayReport;
  beforeAll(async () => {
    report = await replayed();
  });
  const writes = () =>
    report.incidents
      .flatMap(({ calls }) => calls)
      .filter(({ access }) => access === 'write')
      .sort((one, other) => Date.parse(one.at) - Date.parse(other.at));

  it('traffic is shifted first, then writer and primary are moved out, then capacity is restored', () => {
    const operations = writes().map(({ operation }) => operation);
    expect(operations.filter((one, place) => one !== operations[place - 1])).toEqual([
      'StartZonalShift',
      'FailoverDBCluster',
      'ModifyReplicationGroup',
      'SetInstanceHealth',
    ]);
  });

  it('no more than the limits of the account allow is touched at one time', () => {
    const spans = report.incidents.flatMap(({ calls, closedAt }) => {
      const [first] = calls.filter(({ access }) => access === 'write').map(({ at }) => Date.parse(at));
      return first === undefined || closedAt === null ? [] : [{ from: first, to: Date.parse(closedAt) }];
    });
    const most = Math.max(...spans.map(({ from: at }) => spans.filter(({ from, to }) => from <= at && at < to).length));
    expect(spans).toHaveLength(5);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('nothing is moved into it', () => {
    const targets = writes().map(({ input }) => JSON.stringify(input));
    expect(
      targets.filter((input) => input.includes('ledger-a') || input.includes('"PrimaryClusterId":"sessions-001"')),
    ).toEqual([]);
    expect(targets.filter((input) => input.includes(lost))).toEqual([]);
  });
});
