import { readShiftedZones } from '../../../vitals/load-balancing/autoshift';
import type { AutoshiftSummary } from '../../../vitals/arc-zonal-shift';
import { bench } from '../../remediations/account';

/** ARC that answers with this. */
function answering(...items: AutoshiftSummary[]) {
  return { ...bench().aws, 'arc-zonal-shift': { listAutoshifts: async () => ({ items }) } };
}

describe('the zones that AWS shifts traffic away from', () => {
  it('are none most of the time, and then EC2 is not asked', async () => {
    const { aws, calls } = bench();
    expect(await readShiftedZones(aws)).toEqual([]);
    expect(calls.map(({ operation }) => operation)).toEqual(['ListAutoshifts']);
  });

  it('are told by their names in this account', async () => {
    const { account, aws } = bench();
    account.services['arc-zonal-shift'].beginAutoshift('eu-central-1b');
    expect(await readShiftedZones(aws)).toEqual(['eu-central-1b']);
  });

  it('are no longer told once it is over', async () => {
    const { account, aws } = bench();
    account.services['arc-zonal-shift'].beginAutoshift('eu-central-1b');
    account.services['arc-zonal-shift'].endAutoshift('eu-central-1b');
    expect(await readShiftedZones(aws)).toEqual([]);
  });

  it('are read to the last page', async () => {
    const { account, aws } = bench();
    account.pageSize = 1;
    for (const letter of ['a', 'b', 'c']) account.services['arc-zonal-shift'].beginAutoshift(`eu-central-1${letter}`);
    expect(await readShiftedZones(aws)).toEqual(['eu-central-1a', 'eu-central-1b', 'eu-central-1c']);
  });

  it('may be told by name, and twice', async () => {
    const shift = { awayFrom: 'eu-central-1c', status: 'ACTIVE' };
    expect(await readShiftedZones(answering(shift, shift))).toEqual(['eu-central-1c']);
  });

  it('count one of which AWS does not say that it is over', async () => {
    expect(await readShiftedZones(answering({ awayFrom: 'euc1-az1', status: 'PAUSED' }))).toEqual(['eu-central-1a']);
    expect(await readShiftedZones(answering({ awayFrom: 'euc1-az1', status: 'COMPLETED' }))).toEqual([]);
  });

  it.each([
    ['an id that EC2 does not know', { awayFrom: 'euc1-az9' }, 'the zone euc1-az9, and EC2 does not tell which it is'],
    ['no zone', {}, 'the zone without a name'],
    ['nonsense', { awayFrom: '\u001b[31m$(reboot)\n' }, 'the zone $(reboot), and EC2'],
  ])('throw for %s', async (_what, shift, message) => {
    await expect(readShiftedZones(answering({ status: 'ACTIVE', ...shift }))).rejects.toThrow(message);
  });

  it.each([
    ['arc-zonal-shift', 'ListAutoshifts'],
    ['ec2', 'DescribeAvailabilityZones'],
  ])('throw when %s refuses to tell', async (service, operation) => {
    const { account, aws } = bench();
    account.services['arc-zonal-shift'].beginAutoshift('eu-central-1b');
    account.faults.plant(service, operation, 'denied', 100);
    await expect(readShiftedZones(aws)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('throw when the list never ends', async () => {
    const endless = { listAutoshifts: async () => ({ items: [], nextToken: 'again' }) };
    await expect(readShiftedZones({ ...bench().aws, 'arc-zonal-shift': endless })).rejects.toThrow(
      'not read to its end',
    );
  });
});
