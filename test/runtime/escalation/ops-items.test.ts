import { SSM } from '@aws-sdk/client-ssm';
import { opsItemOf } from '../../../runtime/escalation/ops-items';
import { ssmOpsItems } from '../../../runtime/escalation/ssm-ops-items';
import { connect } from '../../../simulator/connect';
import { VirtualClock } from '../../../simulator/clock';
import { World } from '../../../simulator/world';
import { askingMessage, digestAbout, endlessMessage, hostileNames, messageAbout } from './history';

/** OpsItems of a simulated account, and a client to look at them. */
function room() {
  const clock = new VirtualClock(0);
  const account = new World(clock).account('111122223333', 'eu-central-1');
  const settings = { region: 'eu-central-1', credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' } };
  const prepare = (client: object): void => {
    connect(client, 'ssm', account);
  };
  const ssm = new SSM(settings);
  prepare(ssm);
  const all = async () => (await ssm.describeOpsItems({ OpsItemFilters: [] })).OpsItemSummaries ?? [];
  return { opsItems: ssmOpsItems(settings, prepare), ssm, all, clock };
}

const draft = { name: 'homeostat/inc-1', title: 'Needs you', description: 'i-0abc is sick', severity: 2 };

describe('an OpsItem', () => {
  it('is there once for an incident, however often it is opened, and says what was told last', async () => {
    const { opsItems, ssm, all } = room();
    await opsItems.open(draft);
    await opsItems.open({ ...draft, title: 'Needs you still', description: 'i-0abc is sick still', severity: 1 });
    const [item, ...others] = await all();
    expect(others).toEqual([]);
    expect((await ssm.getOpsItem({ OpsItemId: item?.OpsItemId })).OpsItem).toMatchObject({
      Title: 'Needs you still',
      Description: 'i-0abc is sick still',
      Severity: '1',
      Status: 'Open',
      Source: 'Homeostat',
      Category: 'Availability',
    });
  });

  it('is resolved when it is well again, and those of others are not', async () => {
    const { opsItems, all } = room();
    await opsItems.open(draft);
    await opsItems.open({ ...draft, name: 'homeostat/inc-2' });
    await opsItems.resolve('homeostat/inc-1');
    expect((await all()).map(({ Status }) => Status)).toEqual(['Resolved', 'Open']);
  });

  it('is opened anew for what falls sick again after it was resolved', async () => {
    const { opsItems, all } = room();
    await opsItems.open(draft);
    await opsItems.resolve(draft.name);
    await opsItems.open(draft);
    expect((await all()).map(({ Status }) => Status)).toEqual(['Resolved', 'Open']);
  });

  it('that is resolved is not resolved again, which would look like news', async () => {
    const { opsItems, all, clock } = room();
    await opsItems.open(draft);
    await opsItems.resolve(draft.name);
    await clock.runUntil(60_000);
    await opsItems.resolve(draft.name);
    expect((await all())[0]?.LastModifiedTime).toEqual(new Date(0));
  });

  it('that nobody opened can be resolved, which does nothing', async () => {
    const { opsItems, all } = room();
    await opsItems.resolve(draft.name);
    expect(await all()).toEqual([]);
  });

  it('that AWS refuses is a failure', async () => {
    const { opsItems } = room();
    await expect(opsItems.open({ ...draft, title: '' })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it.each(hostileNames)('about something named %j is a block of text that marks nothing up', (name) => {
    for (const message of [messageAbout(name), askingMessage(name), digestAbout(name)]) {
      const { title, description } = opsItemOf(message, 2);
      expect(title).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{1,1024}$/u);
      expect(description.length).toBeLessThanOrEqual(2_048);
      for (const line of description.split('\n')) expect(line).toMatch(/^( {4}[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*)?$/u);
    }
  });

  it('of an endless history is cut at a line, with a note', () => {
    expect(opsItemOf(endlessMessage(), 2).description).toMatch(/\n {4}… the rest is in the history of the incident$/);
  });

  it('has no link that whoever reads it could answer by', () => {
    const link = { label: 'Answer', url: 'https://page.example/answer/T0-k_en' };
    expect(JSON.stringify(opsItemOf(askingMessage('web', link), 2))).not.toContain('page.example');
  });
});
