import { ArcZonalShiftClient } from '../../runtime/aws/arc-zonal-shift-client';
import { connect } from '../../simulator/connect';
import { minute, room, start } from './compute';

function withArc() {
  const made = room();
  const client = new ArcZonalShiftClient({ region: 'us-east-1' });
  connect(client, 'arc-zonal-shift', made.account);
  return { ...made, client, arc: made.account.services['arc-zonal-shift'] };
}

describe('autoshifts', () => {
  test('one is active until AWS ends it, by the id of the zone', async () => {
    const { client, arc, clock } = withArc();
    arc.beginAutoshift('us-east-1b');
    const active = { awayFrom: 'use1-az2', startTime: new Date(start), status: 'ACTIVE' };
    expect((await client.listAutoshifts({})).items).toEqual([active]);
    await clock.runUntil(start + 5 * minute);
    arc.endAutoshift('us-east-1b');
    expect((await client.listAutoshifts({ status: 'ACTIVE' })).items).toEqual([]);
    const over = { ...active, status: 'COMPLETED', endTime: new Date(start + 5 * minute) };
    expect((await client.listAutoshifts({ status: 'COMPLETED' })).items).toEqual([over]);
  });

  test('a zone has one at a time, and none to end where there is none', async () => {
    const { client, arc } = withArc();
    arc.endAutoshift('us-east-1a');
    arc.beginAutoshift('us-east-1a');
    arc.beginAutoshift('us-east-1a');
    expect((await client.listAutoshifts({})).items).toHaveLength(1);
  });

  test('they are told page by page', async () => {
    const { client, arc } = withArc();
    for (const zone of ['us-east-1a', 'us-east-1b', 'us-east-1c']) arc.beginAutoshift(zone);
    const first = await client.listAutoshifts({ maxResults: 2 });
    const rest = await client.listAutoshifts({ maxResults: 2, ...(first.nextToken && { nextToken: first.nextToken }) });
    expect([first, rest].map(({ items }) => items?.map(({ awayFrom }) => awayFrom))).toEqual([
      ['use1-az1', 'use1-az2'],
      ['use1-az3'],
    ]);
    expect(rest.nextToken).toBeUndefined();
  });

  test.each([{ status: 'PAUSED' }, { nextToken: 'made up' }])('%j is refused', async (input) => {
    await expect(withArc().client.listAutoshifts(input as object)).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
