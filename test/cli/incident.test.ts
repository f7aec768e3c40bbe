import { registerIncident, showIncident } from '../../cli/incident';
import { incidentText } from '../../cli/incident-text';
import { policyFrom, defaultPolicyFile } from '../../cli/policy-option';
import { settingFor } from '../../replay/recording-replay';
import { reportOf } from '../../replay/report';
import { setStage } from '../../replay/stage';
import { UnreadableIncidentError, type HistoryEntry, type IncidentStore } from '../../runtime/store/incident-store';
import { inMode } from '../../statemachines/policy';
import type { Incident } from '../../statemachines/incident';
import { impaired } from './command';
import { aDeployment, awsError, entry, opened, start, storeOf, typed } from './deployed';

/** An incident that has run its course, as a store keeps it. */
async function healed(): Promise<{ incident: Incident; history: readonly HistoryEntry[] }> {
  const ended: { incident: Incident; history: readonly HistoryEntry[] }[] = [];
  const setting = await settingFor(inMode('act', policyFrom(defaultPolicyFile)), undefined);
  const stage = setStage(start, { ...setting, onEnd: (incident, history) => ended.push({ incident, history }) });
  await stage.play(impaired('i-0abc1234567890def', '2026-03-02T10:00:00Z'));
  await stage.clock.runUntil(start + 86_400_000);
  return ended[0]!;
}

function storing(rest: Partial<IncidentStore>): IncidentStore {
  return Object.assign(storeOf([]), rest);
}

const escaped = (text: string): string => text.replace(/[().]/g, '\\$&');

describe('homeostat incident', () => {
  it('tells the story as a replay does, and as JSON the same object', async () => {
    const { incident, history } = await healed();
    const store = storing({ read: async () => incident, history: async () => history });
    const report = reportOf(incident, history);
    expect(report.outcome).toBe('resolved');
    expect(await showIncident(store, incident.id, {})).toEqual({
      status: 0,
      out: incidentText(report).trimEnd(),
      err: '',
    });
    expect(JSON.parse((await showIncident(store, incident.id, { json: true })).out)).toEqual(
      JSON.parse(JSON.stringify(report)),
    );
  });

  it('says of an open one when it is looked at again', async () => {
    const incident = { ...opened('inc-1'), wake: { at: start + 30_000, revision: 1 } };
    const { out } = await showIncident(storeOf([incident]), 'inc-1', {});
    expect(out).toMatch(/^inc-1 {2}OPEN[^]*\n\nIt is checking; it is looked at again at 2026-03-02T10:00:30Z\.$/);
  });

  it.each([
    [
      'held',
      { held: { until: start, reason: 'storm in group web', storm: true } },
      'It is held, for it may not start now (storm in group web).',
    ],
    [
      'awaitingApproval',
      {},
      'It is waiting for approval.\nAnswer with homeostat approve inc-1, or homeostat deny inc-1.',
    ],
    ['escalated', {}, 'It is escalated.\nSay that you have it with homeostat acknowledge inc-1.'],
  ] as const)('says of one that is %s what it waits for, and how to answer', async (state, memory, told) => {
    const incident = opened('inc-1', 0, state);
    const store = storeOf([{ ...incident, memory: { ...incident.memory, ...memory } }]);
    expect((await showIncident(store, 'inc-1', {})).out).toMatch(new RegExp(`\\n\\n${escaped(told)}$`));
  });

  it('says of a parked one why nothing is done for it', async () => {
    const store = storeOf([opened('inc-1')], { 'inc-1': 'incident machine 9 wrote it' });
    const { status, out } = await showIncident(store, 'inc-1', {});
    expect(status).toBe(0);
    expect(out).toMatch(/It is checking\.\nIt is parked, so nothing is done for it: incident machine 9 wrote it$/);
    expect(JSON.parse((await showIncident(store, 'inc-1', { json: true })).out)).toMatchObject({
      id: 'inc-1',
      parked: 'incident machine 9 wrote it',
    });
  });

  const unreadable = storing({
    read: async () => {
      throw new UnreadableIncidentError('schema 9 is not known');
    },
    history: async () => [entry('alarm')],
    parked: storeOf([opened('inc-1')], { 'inc-1': 'schema 9' }).parked,
  });

  it('shows of one that cannot be read what can be, and what to do', async () => {
    const { status, out, err } = await showIncident(unreadable, 'inc-1', {});
    expect(status).toBe(1);
    expect(out.split('\n')).toEqual([
      'inc-1  CHECKING  111122223333/eu-central-1/ec2-instance/i-of-inc-1 ec2-instance-impaired (rule web-tier)',
      '  2026-03-02T10:00:00Z  incident.opened: opening → confirming',
      '',
      'It is parked, so nothing is done for it: schema 9',
    ]);
    expect(err).toMatch(/^homeostat: incident inc-1 cannot be read: schema 9 is not known; use the version/);
    expect(JSON.parse((await showIncident(unreadable, 'inc-1', { json: true })).out)).toMatchObject({
      id: 'inc-1',
      unreadable: 'schema 9 is not known',
      parked: 'schema 9',
      history: [{ event: 'incident.opened' }],
    });
  });

  it('shows it even if its history is unreadable too', async () => {
    const history = async (): Promise<never> => {
      throw new Error('a row of another shape');
    };
    const { status, out } = await showIncident(
      Object.assign(Object.create(unreadable) as IncidentStore, { history }),
      'inc-1',
      {},
    );
    expect([status, out]).toEqual([1, expect.stringContaining('It is parked')]);
  });

  it('says what to do when there is no such incident', async () => {
    const { status, out, err } = await showIncident(storeOf([]), 'inc-none', {});
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(/^homeostat: there is no incident inc-none: homeostat incidents lists those there are/);
  });

  it.each([
    ['ResourceNotFoundException', 'there is no table homeostat in this account and region: deploy Homeostat there'],
    ['AccessDeniedException', 'you may not do this (as the test says): use credentials that may'],
    ['UnrecognizedClientException', 'AWS does not take the credentials'],
  ])('tells %s in one line, with what to do', async (name, told) => {
    const store = storing({
      read: async () => {
        throw awsError(name);
      },
    });
    const { status, err } = await typed(
      (program) => {
        registerIncident(program, () => aDeployment({}, store));
      },
      'incident',
      'inc-1',
    );
    expect(status).toBe(1);
    expect(err).toContain(told);
    expect(err).not.toContain('\n');
  });
});
